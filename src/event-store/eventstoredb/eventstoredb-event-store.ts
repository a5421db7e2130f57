import { setMaxListeners } from 'node:events';
import {
  isOpaque,
  UnreadableEvent,
  type BulkEventStore,
  type LogEvent,
  type Position,
  type StoredEvent,
} from '../event-store';
import { createAppendChannel } from './append-channel';
import { createAppender } from './appender';
import { appendAll } from './bulk';
import { createConnection } from './connection';
import { readConnectionString } from './connection-string';
import { decodeEvent } from './events';
import { createHead, endOf } from './head';
import { createLogId } from './log-id';
import { createReads } from './reads';
import { createKnownIds } from './stream-ids';
import { createStreamNames } from './stream-names';
import { subscription } from './subscription';
import { DEFAULT_TIMEOUTS, type EventStoreDbTimeouts } from './timeouts';

/** What production leaves as it is. */
export type EventStoreDbUse = {
  readonly timeouts?: Partial<EventStoreDbTimeouts>;
  /** Comes before the names of all streams, so that several logs can live on one server. Default none. */
  readonly streamPrefix?: string;
};

export type EventStoreDbEventStoreOptions = EventStoreDbUse & {
  /** `esdb://…` or `kurrentdb://…`, as the client takes them. */
  readonly url: string;
  /** Told when the server can't be reached and the store goes on trying. */
  readonly onProblem?: (error: Error) => void;
};

/**
 * The log in EventStoreDB. Connects when it is first used. What belongs to a command goes to the leader; `$all` is read
 * where `nodePreference` says.
 * @throws {StartError} `url` is no connection string.
 */
export function createEventStoreDbEventStore(options: EventStoreDbEventStoreOptions): BulkEventStore {
  const address = readConnectionString(options.url);
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const onProblem = options.onProblem ?? (() => undefined);
  const names = createStreamNames(options.streamPrefix ?? '');

  const leader = createConnection(address, 'leader', timeouts.connect);
  const nearest =
    address.nodePreference === 'leader' ? leader : createConnection(address, address.nodePreference, timeouts.connect);
  const reads = createReads(leader, nearest, timeouts);
  const channel = createAppendChannel(leader, timeouts.append);
  const ids = createKnownIds(reads);
  const head = createHead(reads, names);
  const append = createAppender({ channel, reads, ids, names, timeouts, onProblem });
  const closing = new AbortController();
  // A signal warns of a leak at eleven listeners; each subscription is one.
  setMaxListeners(0, closing.signal);

  async function* readStream(stream: string, from: bigint, limit: number): AsyncGenerator<StoredEvent> {
    const name = names.onServer(stream);
    const known = ids.of(name);
    for await (const chunk of reads.stream(name, from, limit)) {
      known.add(chunk);
      ids.keep(name, known);
      for (const recorded of chunk) yield readable(decodeEvent(recorded, stream));
    }
  }

  async function* readAll(after: Position | undefined, limit: number): AsyncGenerator<LogEvent> {
    const until = await head();
    let left = limit;
    if (until === null || left <= 0) return;
    for await (const chunk of reads.all(after, until)) {
      for (const recorded of chunk) {
        const stream = names.inPort(recorded.streamId);
        if (stream === null) continue;
        yield decodeEvent(recorded, stream);
        left -= 1;
        if (left <= 0) return;
      }
    }
  }

  return {
    append: (stream, expectedRevision, events) => append({ stream, expectedRevision, events }),
    appendMany: (appends) => appendAll(append, appends),
    readStream: (stream, { from = 0n, limit = Infinity } = {}) => readStream(stream, from, limit),
    readAll: ({ after, limit = Infinity } = {}) => readAll(after, limit),
    subscribe: ({ after, batchSize = 500, signal, onTrouble }) =>
      subscription(
        { connection: nearest, names, head, end: () => endOf(reads), timeouts, onProblem },
        { after, batchSize, signal: AbortSignal.any([signal, closing.signal]), onTrouble },
      ),
    head,
    logId: createLogId(reads, channel, names.logId),
    streamRevision: async (stream) => (await reads.newest(names.onServer(stream)))?.revision ?? null,
    findInStream: async (stream, eventIds) => {
      const known = await ids.read(names.onServer(stream));
      const revisions = new Set(eventIds.flatMap((id) => known.revisionOf(id) ?? []));
      const found: StoredEvent[] = [];
      for (const revision of [...revisions].sort((a, b) => Number(a - b))) {
        for await (const event of readStream(stream, revision, 1)) found.push(event);
      }
      return found;
    },
    close: async () => {
      closing.abort();
      leader.close();
      nearest.close();
      // What was cancelled reaches the connections in the next turns.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function readable(event: LogEvent): StoredEvent {
  if (isOpaque(event)) throw new UnreadableEvent(event);
  return event;
}
