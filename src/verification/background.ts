import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../platform/clock';
import type { Metrics } from '../platform/metrics';
import type { Difference } from './difference';
import type { Verification } from './verification';
import { verifyStreams } from './verify-streams';
import { START_OF_WALK, walkOn, type WalkPlace } from './walk';

export type BackgroundVerifierOptions = {
  readonly verification: Verification;
  /** Between one time and the next. */
  readonly everyMs: number;
  /** At most so many streams are compared at a time. */
  readonly streamsEachTime: number;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'gauge' | 'total'>;
  /** Told once of each stream that is found to differ, until it has been found equal again. */
  readonly onDifference: (difference: Difference) => void;
  /** Told of a time that failed; what it was about is tried again the next time. */
  readonly onProblem: (error: unknown) => void;
};

export type BackgroundVerifier = {
  /** Compares a few streams at a time, round and round, until `signal` aborts; those at hand are finished then. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

/**
 * Verifies all rows in the background, a little at a time. Where it has come to is kept in memory: a process that starts
 * begins anew. Its metrics: `cairn_verified_streams_total`; `cairn_verification_differences`, how many streams differed
 * when they were last compared; `cairn_verification_round_age_seconds` since a round over all streams was finished, or
 * before the first one since this began, so that a verifier that does not get on shows as one.
 */
export function createBackgroundVerifier(options: BackgroundVerifierOptions): BackgroundVerifier {
  const { verification, clock, metrics } = options;
  let place: WalkPlace = START_OF_WALK;
  let round = 1;
  let streamsVerified = 0;
  let roundAt = clock.now().getTime();
  /** Streams that differ, with the round in which that was last seen. */
  const differing = new Map<string, number>();

  metrics.total('cairn_verified_streams_total', 'Streams whose rows were compared with the log', () => streamsVerified);
  metrics.gauge(
    'cairn_verification_differences',
    'Streams whose rows were not equal to the log when last compared',
    () => differing.size,
  );
  metrics.gauge(
    'cairn_verification_round_age_seconds',
    'Time since the rows of all streams had been compared with the log',
    () => (clock.now().getTime() - roundAt) / 1_000,
  );

  const endRound = (): void => {
    // A row too many that is gone by now is not come across again.
    for (const [stream, seenIn] of differing) if (seenIn < round) differing.delete(stream);
    round += 1;
    roundAt = clock.now().getTime();
  };

  const goOn = async (): Promise<void> => {
    const { streams, next } = await walkOn(verification, place, options.streamsEachTime);
    const verified = await verifyStreams(verification, streams);
    const found = new Map(verified.differences.map((difference) => [difference.stream, difference]));
    for (const stream of streams) {
      const difference = found.get(stream);
      if (difference && !differing.has(stream)) options.onDifference(difference);
      if (difference) differing.set(stream, round);
      else differing.delete(stream);
    }
    streamsVerified += verified.streams;
    if (!next) endRound();
    place = next ?? START_OF_WALK;
  };

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          await goOn();
        } catch (error) {
          options.onProblem(error);
        }
        await delay(options.everyMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
