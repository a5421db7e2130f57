import {
  BACKWARDS,
  END,
  START,
  StreamNotFoundError,
  type AllStreamResolvedEvent,
  type Position,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { backOff } from '../backoff';
import type { Connection } from './connection';
import { asPortError, breaksConnection, isLasting, unavailable } from './failures';
import { createInbox } from './inbox';
import type { Recorded } from './events';
import type { LogClient } from './log-client';
import type { EventStoreDbTimeouts } from './timeouts';
import { NoAnswer } from './within';

/** The most that one call reads. */
const PAGE_SIZE = 5000;
/** The most that is handed on at once. */
const CHUNK_SIZE = 256;

export type Reads = {
  /** Events of a stream, named as on the server, in chunks; nothing where there is no such stream. */
  stream(name: string, from: bigint, limit: number): AsyncGenerator<Recorded[]>;
  /** The newest event of a stream; null where there is none. */
  newest(name: string): Promise<Recorded | null>;
  /** What `$all` has after a place, in its order and without a filter, up to `until`. */
  all(after: Position | undefined, until: Position): AsyncGenerator<Recorded[]>;
  /** At most `count` events of `$all` before a place (default its end), newest first. */
  allBackwards(before: Position | undefined, count: number): Promise<Recorded[]>;
};

type Resolved = ResolvedEvent | AllStreamResolvedEvent;
type Call = StreamingRead<Resolved>;

/**
 * Reads in pages that follow one another, so that no call stays open for long, and goes on after the last event that came
 * when a call fails. What a stream holds is asked of the leader, whose answers are never behind.
 */
export function createReads(leader: Connection, any: Connection, timeouts: EventStoreDbTimeouts): Reads {
  /** Chunks of one page; after a failure `open` goes on behind what it got, or says with null that it has all. */
  async function* page(connection: Connection, open: (client: LogClient, got: Recorded | undefined) => Call | null) {
    let got: Recorded | undefined;
    let failedSince: number | undefined;
    for (let attempt = 0; ; attempt += 1) {
      let client: LogClient | undefined;
      try {
        client = await connection.client();
        const call = open(client, got);
        if (call === null) return;
        for await (const chunk of chunksOf(connection, call)) {
          got = chunk.at(-1);
          attempt = 0;
          failedSince = undefined;
          yield chunk;
        }
        return;
      } catch (error) {
        if (error instanceof StreamNotFoundError) return;
        if (client && breaksConnection(error)) connection.suspect(client);
        failedSince ??= performance.now();
        const late = performance.now() - failedSince >= timeouts.giveUp;
        if (isLasting(error) || late || connection.closed) throw asPortError(error);
        await backOff(timeouts.retry, attempt);
      }
    }
  }

  async function* chunksOf(connection: Connection, call: Call): AsyncGenerator<Recorded[]> {
    const inbox = createInbox<Resolved>(call, () => call.cancel());
    const release = connection.holds(() => {
      inbox.close();
      inbox.wake();
    });
    try {
      for (;;) {
        const chunk = inbox.take(CHUNK_SIZE);
        if (chunk.length > 0) {
          yield recordedOf(chunk);
          continue;
        }
        // A call that is cancelled ends as if there were no more.
        if (connection.closed) throw unavailable('the event store is closed');
        const next = await inbox.wait(timeouts.read);
        if (next === 'silent') throw new NoAnswer('The server', timeouts.read);
        if (next === 'ended') return;
      }
    } finally {
      release();
      inbox.close();
    }
  }

  async function firstOf(chunks: AsyncIterable<Recorded[]>): Promise<Recorded | null> {
    for await (const [first] of chunks) return first ?? null;
    return null;
  }

  return {
    stream: async function* (name, from, limit) {
      let [at, left] = [from, limit];
      while (left > 0) {
        const size = Math.min(left, PAGE_SIZE);
        let count = 0;
        const first = at;
        const chunks = page(leader, (client, got) =>
          count === size
            ? null
            : client.readStream(name, {
                fromRevision: got ? got.revision + 1n : first,
                maxCount: size - count,
                requiresLeader: true,
              }),
        );
        for await (const chunk of chunks) {
          count += chunk.length;
          at = (chunk.at(-1)?.revision ?? at) + 1n;
          yield chunk;
        }
        if (count < size) return;
        left -= count;
      }
    },

    newest: (name) =>
      firstOf(
        page(leader, (client) =>
          client.readStream(name, { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true }),
        ),
      ),

    all: async function* (after, until) {
      let at = after;
      let behindSince: number | undefined;
      while (at === undefined || isBefore(at, until)) {
        const first: Position | undefined = at;
        const chunks = page(any, (client, got) =>
          // From a place means that place included.
          client.readAll({ fromPosition: got?.position ?? first ?? START, maxCount: PAGE_SIZE + 1 }),
        );
        let come = false;
        for await (const chunk of chunks) {
          const newer = from(chunk, at);
          const wanted = upTo(newer, until);
          come ||= newer.length > 0;
          at = newer.at(-1)?.position ?? at;
          if (wanted.length > 0) yield wanted;
          if (wanted.length < newer.length) return;
        }
        if (come) behindSince = undefined;
        else {
          // The node is behind the one that told where the end is.
          behindSince ??= performance.now();
          if (performance.now() - behindSince >= timeouts.giveUp) throw unavailable('a node of it is far behind');
          await backOff(timeouts.retry, 0);
        }
      }
    },

    allBackwards: async (before, count) => {
      const events: Recorded[] = [];
      const chunks = page(leader, (client, got) =>
        events.length === count
          ? null
          : client.readAll({
              direction: BACKWARDS,
              fromPosition: got?.position ?? before ?? END,
              maxCount: count - events.length,
              requiresLeader: true,
            }),
      );
      for await (const chunk of chunks) events.push(...chunk);
      return events;
    },
  };
}

function recordedOf(resolved: readonly Resolved[]): Recorded[] {
  const events: Recorded[] = [];
  for (const { event } of resolved) if (event) events.push(event);
  return events;
}

/** What comes after a place. A chunk is in order, so mostly one look is enough. */
function from(chunk: Recorded[], after: Position | undefined): Recorded[] {
  const first = chunk[0]?.position;
  if (!after || !first || isBefore(after, first)) return chunk;
  return chunk.filter(({ position }) => position && isBefore(after, position));
}

/** What comes before a place, and what is there. */
function upTo(chunk: Recorded[], until: Position): Recorded[] {
  const last = chunk.at(-1)?.position;
  if (!last || !isBefore(until, last)) return chunk;
  return chunk.filter(({ position }) => position && !isBefore(until, position));
}

function isBefore(a: Position, b: Position): boolean {
  return a.commit !== b.commit ? a.commit < b.commit : a.prepare < b.prepare;
}
