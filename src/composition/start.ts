import { projections } from '../../projections';
import { createReadSide, type ReadSide } from '../../projections/engine/read-side';
import type { BulkEventStore } from '../event-store/event-store';
import type { EventStoreDbUse } from '../event-store/eventstoredb/eventstoredb-event-store';
import { withMeasures } from '../event-store/measured';
import type { Clock } from '../platform/clock';
import type { Pool } from '../platform/database';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logging';
import { createMetrics } from '../platform/metrics';
import type { Settings } from '../platform/settings';
import { listenStartError } from '../platform/start-error';
import type { Tracing } from '../platform/tracing';
import { batchSpans } from './batch-spans';
import { openDatabase } from './database';
import { openEventLog } from './event-log';
import { apiApp, operationsApp, type ServerParts } from './http';
import { startProjector } from './projector';
import { openTracing } from './tracing';
import { startVerifier } from './verifier';
import { startWorker } from './worker';

/** What a process does. Health and metrics it always serves. */
export type Part = 'api' | 'projector' | 'worker';

/** What the program is made of, chosen by its settings. */
export type CairnOptions = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Stops what is started here, in the right order. */
  readonly lifecycle: Lifecycle;
  /** Default: what the role of the settings names. */
  readonly parts?: readonly Part[];
  /** Default: to the collector that the settings name. */
  readonly tracing?: Tracing;
  /** How a log in EventStoreDB is used, where that isn't as in production. */
  readonly eventStoreDb?: EventStoreDbUse;
};

export type RunningCairn = {
  /** Where it listens. */
  readonly url: string;
  readonly store: BulkEventStore;
  readonly pool: Pool;
  readonly readSide: ReadSide;
};

/** The house put together and running in the role that the settings name. Stopped by the life cycle. */
export async function startCairn(options: CairnOptions): Promise<RunningCairn> {
  const { settings, clock, logger, lifecycle, parts = partsOf(settings.role) } = options;
  // First, so that what the others still do while they stop is told as well.
  const tracing = options.tracing ?? (await openTracing(settings, logger, lifecycle));
  const metrics = createMetrics(true);
  const database = await openDatabase(settings, logger, lifecycle);
  const { pool } = database;
  const store = withMeasures(await openEventLog(options, database), metrics);
  const readSide = createReadSide({ pool, store, projections, clock });
  lifecycle.onStop('the read side', readSide.close);
  if (parts.includes('projector')) {
    startProjector(settings, logger, lifecycle, { pool, store }, batchSpans(tracing, clock));
    startVerifier({ ...options, pool, store, metrics });
  }
  const faults = parts.includes('worker') ? await startWorker({ ...options, database, store, metrics }) : noFaults;
  const url = await listen({ ...options, parts, pool, store, readSide, metrics, tracing, faults });
  return { url, store, pool, readSide };
}

function partsOf(role: Settings['role']): readonly Part[] {
  return role === 'all' ? ['api', 'projector', 'worker'] : [role];
}

const noFaults = (): Promise<readonly string[]> => Promise.resolve([]);

async function listen({ parts, ...server }: ServerParts & { readonly parts: readonly Part[] }): Promise<string> {
  const { settings, lifecycle } = server;
  const { host, port } = settings;
  const app = await (parts.includes('api') ? apiApp(server) : operationsApp(server));
  lifecycle.onStop('the HTTP server', () => app.close());
  try {
    await app.listen(port, host);
  } catch (error) {
    throw listenStartError(error, host, port) ?? error;
  }
  return app.getUrl();
}
