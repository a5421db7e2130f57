import { setImmediate as nextTurn } from 'node:timers/promises';
import { START, streamNameFilter, type AllStreamResolvedEvent } from '@eventstore/db-client';
import { backOff } from '../backoff';
import type { LogBatch, LogEvent, Position, SubscriptionTrouble } from '../event-store';
import { comparePositions } from '../position';
import type { Connection } from './connection';
import { decodeEvent } from './events';
import { asError, breaksConnection, isTooSlow, LogShorter } from './failures';
import { createInbox, type Inbox } from './inbox';
import type { LogClient } from './log-client';
import type { StreamNames } from './stream-names';
import type { EventStoreDbTimeouts } from './timeouts';
import { createWatchdog } from './watchdog';
import { unlessAborted } from './within';

export type SubscriptionParts = {
  readonly connection: Connection;
  readonly names: StreamNames;
  /** Of what is ours, and of all there is. */
  readonly head: () => Promise<Position | null>;
  readonly end: () => Promise<Position | null>;
  readonly timeouts: Pick<EventStoreDbTimeouts, 'silence' | 'resubscribe'>;
  readonly onProblem: (error: Error) => void;
};

type SubscriptionOptions = {
  readonly after: Position | undefined;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly onTrouble: ((trouble: SubscriptionTrouble | null) => void) | undefined;
};

/** So many events of others are passed over at most before the server tells how far it has come. */
const SEARCH_WINDOW = 500;
const START_OF_ALL: Position = { commit: 0n, prepare: 0n };
/** So many events wait between the connection and the subscriber, besides what the connection itself holds. */
const BUFFERED = 32;

/** See `EventStore.subscribe`. The client never resumes a subscription that broke: this does, whatever broke it. */
export async function* subscription(parts: SubscriptionParts, options: SubscriptionOptions): AsyncGenerator<LogBatch> {
  const { signal, onTrouble } = options;
  let after = options.after;
  let failures = 0;
  const stopped = () => signal.aborted;
  const answered = () => {
    if (failures > 0) onTrouble?.(null);
    failures = 0;
  };
  while (!stopped()) {
    let client: LogClient | undefined;
    const before = after;
    try {
      client = await unlessAborted(signal, parts.connection.client());
      // The server itself would take a place beyond its end, and pass over all that comes until then.
      const end = after && ((await unlessAborted(signal, parts.end())) ?? START_OF_ALL);
      if (after && end && comparePositions(after, end) > 0) throw new LogShorter();
      for await (const batch of follow(parts, client, { ...options, after }, answered)) {
        after = batch.upTo;
        yield batch;
      }
      if (!stopped()) throw new Error('The server ended the subscription');
    } catch (caught) {
      if (stopped()) return;
      // A burst of news is enough for that, however fast it is taken.
      if (isTooSlow(caught) && after !== before) continue;
      const error = asError(caught);
      if (client && breaksConnection(error)) parts.connection.suspect(client);
      failures += 1;
      parts.onProblem(error);
      onTrouble?.({ attempts: failures, error });
      await backOff(parts.timeouts.resubscribe, failures - 1, signal);
    }
  }
}

/** What one subscription of the client brings, until it or `signal` ends. */
async function* follow(
  parts: SubscriptionParts,
  client: LogClient,
  { after, batchSize, signal }: SubscriptionOptions,
  answered: () => void,
): AsyncGenerator<LogBatch> {
  const { connection, names, timeouts } = parts;
  let upTo = after;
  let checkpoint: Position | undefined;
  const call = client.subscribeToAll(
    {
      fromPosition: after ?? START,
      filter: streamNameFilter({
        prefixes: names.prefixes,
        maxSearchWindow: SEARCH_WINDOW,
        // Told while events that came before it may still wait here: it counts once they have been handed on.
        checkpointReached: (_, position) => {
          checkpoint = position;
          inbox.wake();
        },
      }),
    },
    { highWaterMark: BUFFERED },
  );
  const inbox: Inbox<AllStreamResolvedEvent> = createInbox(call, () => call.unsubscribe());
  call.on('confirmation', answered);
  const watchdog = createWatchdog(parts.head);
  const stop = () => {
    inbox.wake();
  };
  signal.addEventListener('abort', stop);
  const release = connection.holds(() => {
    inbox.close();
    inbox.wake();
  });

  try {
    while (!signal.aborted && !connection.closed) {
      const resolved = await takeBatch(inbox, batchSize);
      const events = resolved.flatMap((one) => decode(one, names) ?? []);
      upTo = events.at(-1)?.position ?? upTo;
      const drained = resolved.length < batchSize;
      const passed = drained && checkpoint && (!upTo || comparePositions(upTo, checkpoint) < 0);
      if (passed) upTo = checkpoint;
      if (upTo && (events.length > 0 || passed)) {
        yield { events, upTo };
        continue;
      }
      const next = await inbox.wait(timeouts.silence);
      if (next === 'ended') return;
      if (next === 'silent') await unlessAborted(signal, watchdog.compare(upTo));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    release();
    inbox.close();
  }
}

/** What is there and what follows on its heels; never waits for what may be long in coming. */
async function takeBatch<T>(inbox: Inbox<T>, size: number): Promise<T[]> {
  const batch = inbox.take(size);
  while (batch.length > 0 && batch.length < size) {
    await nextTurn();
    const more = inbox.take(size - batch.length);
    if (more.length === 0) break;
    batch.push(...more);
  }
  return batch;
}

function decode({ event }: AllStreamResolvedEvent, names: StreamNames): LogEvent | undefined {
  if (!event) return undefined;
  const stream = names.inPort(event.streamId);
  return stream === null ? undefined : decodeEvent(event, stream);
}
