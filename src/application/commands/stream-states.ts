import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { EventStore, NewEvent, StoredEvent } from '../../event-store/event-store';
import type { Snapshot, Snapshots } from '../../event-store/snapshots';

/** How the state of one kind of stream is folded. */
export type Fold<State> = {
  readonly version: string;
  readonly evolve: (state: State | null, event: NewEvent) => State | null;
};

/** A stream as a decision finds it. `revision` null: there is no such stream yet. */
export type StreamState<State> = {
  readonly state: State | null;
  readonly revision: bigint | null;
  /** Of the newest event; the next one is never recorded before it. */
  readonly lastRecordedAt: string;
};

type Cached<State> = StreamState<State> & { readonly sinceSnapshot: number };
type Kept<State> = { readonly state: State | null; readonly lastRecordedAt: string };

const SNAPSHOT_EVERY = 100;
const CACHED_STREAMS = 5_000;

export type StreamStates<State> = {
  /** The state last seen, which may be behind the log; null when none is at hand. Costs no round trip. */
  peek(stream: string): StreamState<State> | null;
  /** The state as the log has it now: what was seen last, brought up to date by reading only what is newer. */
  load(stream: string): Promise<StreamState<State>>;
  /** The state after `events` were appended to what `peek` or `load` gave. */
  advance(stream: string, from: StreamState<State>, events: readonly NewEvent[], revision: bigint): void;
};

/**
 * Keeps the states of the streams used last, so that a command on a stream of 10,000 events costs what it costs on one
 * of 10. Snapshots serve the first use after a start; they are written aside, and failing to is only logged.
 */
export function createStreamStates<State extends object>(
  store: EventStore,
  snapshots: Snapshots,
  fold: Fold<State>,
  logger: Logger,
): StreamStates<State> {
  const cache = new LRUCache<string, Cached<State>>({ max: CACHED_STREAMS });
  const empty: Cached<State> = { state: null, revision: null, lastRecordedAt: '', sinceSnapshot: 0 };
  let version: string | undefined;

  /** Of this fold and this log: a snapshot of another log says nothing about this one's streams. */
  async function snapshotVersion(): Promise<string> {
    version ??= `${fold.version} of log ${await store.logId()}`;
    return version;
  }

  function apply(from: Cached<State>, events: readonly (NewEvent & { revision: bigint })[]): Cached<State> {
    const last = events.at(-1);
    if (!last) return from;
    return {
      state: events.reduce(fold.evolve, from.state),
      revision: last.revision,
      lastRecordedAt: last.metadata.recordedAt,
      sinceSnapshot: from.sinceSnapshot + events.length,
    };
  }

  function remember(stream: string, state: Cached<State>): Cached<State> {
    // Queries and commands load at the same time: who was slower must not take away what the other has seen.
    const seen = cache.peek(stream);
    if (seen && isAsNew(seen, state)) return seen;
    const due = state.sinceSnapshot >= SNAPSHOT_EVERY && state.revision !== null;
    const kept = due ? { ...state, sinceSnapshot: 0 } : state;
    cache.set(stream, kept);
    if (due) {
      const snapshot: Kept<State> = { state: state.state, lastRecordedAt: state.lastRecordedAt };
      save(stream, { revision: state.revision, state: snapshot }).catch((error: unknown) => {
        logger.warn({ err: error, stream }, 'snapshot not saved');
      });
    }
    return kept;
  }

  async function save(stream: string, snapshot: Snapshot): Promise<void> {
    await snapshots.save(stream, await snapshotVersion(), snapshot);
  }

  async function fromSnapshot(stream: string): Promise<Cached<State>> {
    try {
      const snapshot = await snapshots.load(stream, await snapshotVersion());
      if (!snapshot) return empty;
      return { ...(snapshot.state as Kept<State>), revision: snapshot.revision, sinceSnapshot: 0 };
    } catch (error) {
      logger.warn({ err: error, stream }, 'snapshot not read');
      return empty;
    }
  }

  return {
    peek: (stream) => cache.get(stream) ?? null,

    async load(stream) {
      const known = cache.get(stream) ?? (await fromSnapshot(stream));
      const newer: StoredEvent[] = [];
      for await (const event of store.readStream(stream, { from: (known.revision ?? -1n) + 1n })) newer.push(event);
      const loaded = apply(known, newer);
      // A stream that isn't there is not worth a place.
      return loaded.revision === null ? loaded : remember(stream, loaded);
    },

    advance(stream, from, events, revision) {
      const first = revision - BigInt(events.length) + 1n;
      const known: Cached<State> = { sinceSnapshot: 0, ...from };
      remember(
        stream,
        apply(
          known,
          events.map((event, index) => ({ ...event, revision: first + BigInt(index) })),
        ),
      );
    },
  };
}

function isAsNew(one: { readonly revision: bigint | null }, other: { readonly revision: bigint | null }): boolean {
  return one.revision !== null && other.revision !== null && one.revision >= other.revision;
}
