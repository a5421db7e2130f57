import type { EventStore } from '../event-store/event-store';
import type { Clock } from '../platform/clock';
import type { Pool } from '../platform/database';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logging';
import type { Metrics } from '../platform/metrics';
import type { Settings } from '../platform/settings';
import { createBackgroundVerifier } from '../verification/background';
import { describeDifference } from '../verification/difference';
import { readCheckpoints } from '../verification/reached';

type VerifierParts = {
  readonly settings: Pick<Settings, 'timeZone'>;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly metrics: Metrics;
};

/** So little at a time that nobody notices: thousands of streams are compared in an hour. */
const EVERY_MS = 10_000;
const STREAMS_EACH_TIME = 10;

/** Compares rows with the log from now on, until the life cycle stops it. What differs is logged, without its text. */
export function startVerifier({ settings, pool, store, clock, logger, lifecycle, metrics }: VerifierParts): void {
  const verifier = createBackgroundVerifier({
    verification: { pool, store, timeZone: settings.timeZone, readReached: readCheckpoints },
    everyMs: EVERY_MS,
    streamsEachTime: STREAMS_EACH_TIME,
    clock,
    metrics,
    onDifference: (difference) => {
      const { projection, stream, event } = difference;
      logger.error({ projection, stream, eventId: event?.eventId }, describeDifference(difference, 'no values'));
    },
    onProblem: (error) => {
      logger.warn({ err: error }, 'rows could not be compared with the log');
    },
  });
  const ending = new AbortController();
  const running = verifier.run(ending.signal);
  lifecycle.onStop('the verifier', () => {
    ending.abort();
    return running;
  });
}
