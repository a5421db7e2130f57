import type { Pool } from 'pg';
import { AppendOutcomeUnknown, type Append, type AppendResult } from '../event-store';
import { backOff, type Backoff } from '../backoff';
import { withConnection } from './connection';
import { encodeAppend, type EncodedAppend } from './encoded';
import { failureOf, unavailable } from './failures';
import { createGroupQueue } from './group-queue';
import { createLane } from './lane';
import { refusalOf, writeAppends, type Outcome } from './write';

export type AppendOptions = {
  /** After this long without an answer the connection is given up and the append is asked for again. Default 10 s. */
  readonly timeoutMs?: number;
  /** How often an append whose answer was lost is asked for again. Default 5. */
  readonly retries?: number;
  /** Between those tries. Default from 50 ms to 2 s. */
  readonly backoff?: Backoff;
};

export type Appender = {
  append(append: Append): Promise<AppendResult>;
  /** Waits for what is on its way. */
  close(): Promise<void>;
};

/**
 * Appends in groups: what waits at the same moment goes out together, each append with its own outcome.
 *
 * An answer that was lost is found out by asking again: the same ids with the same expected revision are the same
 * append, so whichever of the two arrives first does it, and the other is given its answer. (Only looking the ids up
 * would not do: the first may still be on its way to the server.)
 */
export function createAppender(pool: Pool, connectionString: string, options: AppendOptions): Appender {
  const { timeoutMs = 10_000, retries = 5, backoff = { firstMs: 50, capMs: 2000 } } = options;
  const lane = createLane(connectionString, timeoutMs);

  async function writeGroup(group: readonly EncodedAppend[]): Promise<Promise<Outcome>[]> {
    try {
      const outcomes = await lane.use((client) => writeAppends(client, group));
      return outcomes.map((outcome) => Promise.resolve(outcome));
    } catch (error) {
      // One that the server refuses fails the call for all: each goes its own way then.
      return group.map((append) => writeAlone(append, error, group.length > 1));
    }
  }

  /** Goes on after `failure`, whose cause may have been another append of the group. */
  async function writeAlone(append: EncodedAppend, failure: unknown, grouped: boolean): Promise<Outcome> {
    let lost = false;
    let error = failure;
    for (let attempt = 0; ; attempt += 1) {
      const kind = failureOf(error);
      lost ||= kind === 'lost';
      const ours = attempt > 0 || !grouped;
      if (kind === 'refused' && ours) throw await refusalOf(pool, append, error);
      if (kind === 'unavailable' && !lost) throw unavailable(error);
      if (attempt >= retries)
        throw lost ? new AppendOutcomeUnknown(append.stream, { cause: error }) : unavailable(error);
      if (kind !== 'refused') await backOff(backoff, attempt);
      try {
        return await writeOne(append);
      } catch (next) {
        error = next;
      }
    }
  }

  async function writeOne(append: EncodedAppend): Promise<Outcome> {
    const [outcome] = await withConnection(pool, (client) => writeAppends(client, [append]), timeoutMs);
    if (outcome === undefined) throw new Error(`The event log gave no outcome for the append to ${append.stream}`);
    return outcome;
  }

  const queue = createGroupQueue(writeGroup);
  return {
    append: async (append) => {
      const outcome = await queue.add(encodeAppend(append));
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    close: async () => {
      await queue.idle();
      await lane.close();
    },
  };
}
