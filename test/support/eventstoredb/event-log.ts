import { randomUUID } from 'node:crypto';
import { checkAppend, type Decision } from './append-check';
import type { Expected } from './expected';
import type { LoggedEvent, LoggedStream } from './logged';
import { encodeEvent, type ProposedEvent } from './messages';

export type AppendOutcome =
  | { readonly kind: 'written'; readonly revision: bigint; readonly position: bigint; readonly repeated: boolean }
  | Exclude<Decision, { kind: 'write' | 'repeated' }>;

export type EventLog = {
  readonly events: readonly LoggedEvent[];
  /** Where the next record will begin. */
  readonly end: bigint;
  append(stream: string, expected: Expected, events: readonly ProposedEvent[]): AppendOutcome;
  /** Soft: its events are gone and it may begin again after them. Hard: it may never be written again. */
  remove(stream: string, expected: Expected, how: 'soft' | 'hard'): AppendOutcome;
  stream(name: string): LoggedStream | undefined;
  /** The index of the first event at or after a position. */
  indexFrom(position: bigint): number;
  /** Whether the server could begin to read here: where a record begins, or beyond the last one. */
  isBoundary(position: bigint): boolean;
  /** Runs after every append until the function that is given back is called. */
  onAppend(listener: () => void): () => void;
};

/** What one event carries beside its own bytes in the server's log file: positions grow as they do there. */
const RECORD_BYTES = 90;
const TICKS_PER_MS = 10_000n;
const LAST_REVISION = 2n ** 63n - 1n;

/** An empty log. Its positions begin at `firstPosition`, which may be beyond 2^53. */
export function createEventLog(firstPosition: bigint): EventLog {
  const events: LoggedEvent[] = [];
  const streams = new Map<string, LoggedStream>();
  const byId = new Map<string, LoggedEvent>();
  const listeners = new Set<() => void>();
  let end = firstPosition;

  const streamOf = (name: string): LoggedStream => {
    const stream = streams.get(name) ?? newStream(name);
    streams.set(name, stream);
    return stream;
  };

  const write = (name: string, event: ProposedEvent, revision: bigint): LoggedEvent => {
    const place = { stream: name, revision, position: end, ticks: BigInt(Date.now()) * TICKS_PER_MS };
    const { id, type } = event;
    const frame = encodeEvent(event, place);
    const names = Buffer.byteLength(name) + Buffer.byteLength(type);
    end += BigInt(RECORD_BYTES + names + event.data.length + event.metadata.length);
    const logged = { index: events.length, stream: name, revision, id, type, position: place.position, end, frame };
    events.push(logged);
    byId.set(id, logged);
    return logged;
  };

  const writeMetadata = (name: string, truncateBefore: bigint): LoggedEvent => {
    const meta = streamOf(`$$${name}`);
    const proposed = jsonEvent('$metadata', `{"$tb":${truncateBefore}}`);
    const event = write(`$$${name}`, proposed, BigInt(meta.events.length));
    meta.events.push(event);
    applyMetadata(streamOf(name), proposed);
    return event;
  };

  const indexFrom = (position: bigint): number => {
    let [low, high] = [0, events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((events[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** An append of no events leaves a record that no one is shown. */
  const writeNothing = (name: string): bigint => {
    const position = end;
    end += BigInt(RECORD_BYTES + Buffer.byteLength(name));
    return position;
  };

  const tell = () => {
    for (const listener of listeners) listener();
  };

  return {
    events,
    get end() {
      return end;
    },
    append: (name, expected, proposed) => {
      const ids = proposed.map((event) => event.id);
      const decision = checkAppend(streams.get(name), expected, ids, (id) => byId.get(id));
      if (decision.kind === 'repeated') {
        return { kind: 'written', revision: decision.last.revision, position: decision.last.position, repeated: true };
      }
      if (decision.kind !== 'write') return decision;
      const stream = streamOf(name);
      const first = stream.events.length;
      for (const event of proposed) stream.events.push(write(name, event, BigInt(stream.events.length)));
      const position = proposed.length > 0 ? (stream.events.at(-1)?.position ?? end) : writeNothing(name);
      const last = proposed.at(-1);
      if (last && name.startsWith('$$')) applyMetadata(streamOf(name.slice(2)), last);
      if (stream.softDeleted && last) writeMetadata(name, BigInt(first));
      tell();
      return { kind: 'written', revision: BigInt(stream.events.length - 1), position, repeated: false };
    },
    remove: (name, expected, how) => {
      const decision = checkAppend(streams.get(name), expected, [], () => undefined);
      if (decision.kind !== 'write') {
        return decision.kind === 'repeated' ? { kind: 'wrong-version', current: decision.last.revision } : decision;
      }
      if (how === 'hard') streamOf(name).tombstoned = true;
      const { position } =
        how === 'soft'
          ? writeMetadata(name, LAST_REVISION)
          : write(name, { ...jsonEvent('$streamDeleted', ''), isJson: false }, LAST_REVISION);
      tell();
      return { kind: 'written', revision: decision.current, position, repeated: false };
    },
    stream: (name) => streams.get(name),
    indexFrom,
    isBoundary: (position) => {
      const index = indexFrom(position);
      return [events[index]?.position, events[index - 1]?.end].includes(position) || position >= end || position === 0n;
    },
    onAppend: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Of the metadata of a stream only the newest is shown. */
function newStream(name: string): LoggedStream {
  const maxCount = name.startsWith('$$') ? 1 : Infinity;
  return { events: [], truncateBefore: 0, maxCount, softDeleted: false, tombstoned: false };
}

/** What the newest metadata of a stream says about which of its events are shown. */
function applyMetadata(stream: LoggedStream, event: ProposedEvent): void {
  const text = Buffer.from(event.data).toString('utf8');
  const { $tb = 0, $maxCount = Infinity } = JSON.parse(text || '{}') as { $tb?: number; $maxCount?: number };
  stream.softDeleted = $tb >= Number(LAST_REVISION);
  stream.truncateBefore = $tb;
  stream.maxCount = $maxCount;
}

/** An event that the server itself writes. */
export function jsonEvent(type: string, data: string): ProposedEvent {
  return { id: randomUUID(), type, isJson: true, data: Buffer.from(data), metadata: Buffer.alloc(0) };
}
