import type { Pool } from 'pg';
import { EventStoreUnavailable, type LogBatch, type Position, type SubscriptionTrouble } from '../event-store';
import { backOff, type Backoff } from '../backoff';
import type { Listener } from './listener';
import { readLogTail, type LogPage } from './pages';

export type SubscriptionParts = {
  readonly pool: Pool;
  readonly listener: Listener;
  /** How often to look without having been told, should the news get lost. */
  readonly pollMs: number;
  readonly backoff: Backoff;
  readonly onProblem: (error: Error) => void;
};

type SubscriptionOptions = {
  readonly after: Position | undefined;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly onTrouble: ((trouble: SubscriptionTrouble | null) => void) | undefined;
};

/** While an open transaction holds back what is committed, nobody tells us when it ends: we ask, ever less often. */
const UNSETTLED: Backoff = { firstMs: 4, capMs: 250 };

/** See `EventStore.subscribe`. When the server can't be reached it is tried again until it can, or `signal` aborts. */
export async function* subscription(parts: SubscriptionParts, options: SubscriptionOptions): AsyncGenerator<LogBatch> {
  const { signal, batchSize } = options;
  let after = options.after;
  let unsettledFor = 0;
  let catchingUp = true;
  while (!signal.aborted) {
    // Before the look, so that what is appended during it ends the wait after it.
    const seen = parts.listener.count();
    const page = await readPatiently(parts, options, () => readLogTail(parts.pool, after, batchSize, catchingUp));
    if (page === null) return;
    const newest = page.events.at(-1);
    if (newest) {
      after = newest.position;
      unsettledFor = 0;
      yield { events: page.events, upTo: after };
    }
    catchingUp = !page.last;
    if (catchingUp) continue;
    if (page.unsettled) {
      await backOff(UNSETTLED, unsettledFor, signal);
      unsettledFor += 1;
    } else {
      unsettledFor = 0;
      await parts.listener.changed(seen, parts.pollMs, signal);
    }
  }
}

/** What `read` gives, however often the server has to be asked; null when `signal` aborts first. */
async function readPatiently(
  parts: SubscriptionParts,
  { signal, onTrouble }: SubscriptionOptions,
  read: () => Promise<LogPage>,
): Promise<LogPage | null> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      const page = await read();
      if (attempt > 0) onTrouble?.(null);
      return page;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      parts.onProblem(error);
      onTrouble?.({ attempts: attempt + 1, error });
      await backOff(parts.backoff, attempt, signal);
    }
  }
  return null;
}
