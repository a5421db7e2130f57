import { projections } from '../../projections';
import { createProjectionEngine } from '../../projections/engine/engine';
import type { OnProjected } from '../../projections/engine/projected-batch';
import type { EventStore } from '../event-store/event-store';
import type { Pool } from '../platform/database';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logging';
import type { Settings } from '../platform/settings';

/** Keeps the read models up to date from now on, until the life cycle stops it. */
export function startProjector(
  settings: Settings,
  logger: Logger,
  lifecycle: Lifecycle,
  log: { readonly pool: Pool; readonly store: EventStore },
  onProjected?: OnProjected,
): void {
  const { timeZone } = settings;
  const told = onProjected ? { onProjected } : {};
  const engine = createProjectionEngine({ ...log, projections, timeZone, logger, ...told });
  const ending = new AbortController();
  const running = engine.run(ending.signal);
  lifecycle.onStop('the projector', () => {
    ending.abort();
    return running;
  });
}
