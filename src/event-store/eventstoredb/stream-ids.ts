import { LRUCache } from 'lru-cache';
import type { Reads } from './reads';

/** Ids of about this many events are kept at hand, 100 bytes each; the streams used last stay. */
const CAPACITY = 300_000;

/** The ids of a stream's first events. */
type StreamIds = {
  /** Those of all revisions below. */
  readonly count: bigint;
  revisionOf(eventId: string): bigint | undefined;
  /** Adds what follows on what is known already; the rest is passed over. */
  add(events: Iterable<{ readonly id: string; readonly revision: bigint }>): void;
};

export type KnownIds = {
  /** What is known without asking. */
  of(name: string): StreamIds;
  /** Keeps what `of` gave and was added to. */
  keep(name: string, ids: StreamIds): void;
  /** Reads what isn't known yet, up to a revision where one is given. It may not be reached. */
  read(name: string, upTo?: bigint): Promise<StreamIds>;
};

/**
 * Which events are in which stream. EventStoreDB has no index of ids and takes the same id again at another revision, so
 * whoever wants to know reads the stream; what was read once need not be read again, since streams only grow.
 */
export function createKnownIds(reads: Reads, capacity = CAPACITY): KnownIds {
  const streams = new LRUCache<string, StreamIds>({
    maxSize: capacity,
    sizeCalculation: (ids) => Number(ids.count) + 1,
  });
  const keep = (name: string, ids: StreamIds) => {
    if (ids.count === 0n) return;
    // Anew, for its new size.
    streams.delete(name);
    streams.set(name, ids);
  };
  const of = (name: string) => streams.get(name) ?? createStreamIds();

  return {
    of,
    keep,
    read: async (name, upTo) => {
      const ids = of(name);
      const missing = upTo === undefined ? Infinity : Number(upTo + 1n - ids.count);
      if (missing <= 0) return ids;
      for await (const chunk of reads.stream(name, ids.count, missing)) ids.add(chunk);
      keep(name, ids);
      return ids;
    },
  };
}

function createStreamIds(): StreamIds {
  const revisions = new Map<string, bigint>();
  let count = 0n;
  return {
    get count() {
      return count;
    },
    revisionOf: (eventId) => revisions.get(eventId.toLowerCase()),
    add: (events) => {
      for (const { id, revision } of events) {
        if (revision !== count) continue;
        revisions.set(id.toLowerCase(), revision);
        count += 1n;
      }
    },
  };
}
