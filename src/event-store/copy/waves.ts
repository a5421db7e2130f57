import type { Append, NewEvent, StoredEvent } from '../event-store';

/** How much goes out at once. A wave is at most so long and about so large; an append within it too. */
export type WaveLimits = { readonly events: number; readonly bytes: number; readonly appendBytes: number };

/** An append of EventStoreDB may hold 1 MiB; readers of Postgres wait for the transaction of a wave. */
export const WAVE_LIMITS: WaveLimits = { events: 2_000, bytes: 4 * 1024 * 1024, appendBytes: 512 * 1024 };

type Open = { stream: string; expectedRevision: Append['expectedRevision']; events: NewEvent[]; bytes: number };

/**
 * The events in order, as appends to be made in their order. In a wave each stream occurs once: it ends where a stream
 * would come back, or where it is full.
 */
export async function* waves(
  events: AsyncIterable<StoredEvent>,
  limits: WaveLimits,
): AsyncGenerator<readonly Append[]> {
  let wave: Open[] = [];
  let streams = new Set<string>();
  let count = 0;
  let bytes = 0;
  for await (const stored of events) {
    const { stream, revision } = stored;
    const event = toNewEvent(stored);
    const size = Buffer.byteLength(JSON.stringify(event));
    const last = wave.at(-1);
    const goesOn = last?.stream === stream && last.bytes + size <= limits.appendBytes;
    const full = count >= limits.events || (count > 0 && bytes + size > limits.bytes);
    if (full || (!goesOn && streams.has(stream))) {
      yield wave;
      wave = [];
      streams = new Set();
      count = 0;
      bytes = 0;
    }
    const open = wave.at(-1);
    if (open?.stream === stream) {
      open.events.push(event);
      open.bytes += size;
    } else {
      const expectedRevision = revision === 0n ? 'no-stream' : revision - 1n;
      wave.push({ stream, expectedRevision, events: [event], bytes: size });
      streams.add(stream);
    }
    count += 1;
    bytes += size;
  }
  if (wave.length > 0) yield wave;
}

function toNewEvent({ eventId, type, schemaVersion, data, metadata }: StoredEvent): NewEvent {
  return { eventId, type, schemaVersion, data, metadata };
}
