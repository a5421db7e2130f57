import { isOpaque, type LogEvent, type OpaqueEvent, type Position, type StoredEvent } from '../event-store';
import { comparePositions } from '../position';

/**
 * The events as a copy has them: without those that can't be read, of which `onUnreadable` is told, so that the later
 * ones of their stream move up and its revisions have no gap.
 */
export async function* readable(
  events: AsyncIterable<LogEvent>,
  onUnreadable: (event: OpaqueEvent) => void,
): AsyncGenerator<StoredEvent> {
  const leftOut = new Map<string, bigint>();
  for await (const event of events) {
    const before = leftOut.get(event.stream) ?? 0n;
    if (isOpaque(event)) {
      leftOut.set(event.stream, before + 1n);
      onUnreadable(event);
    } else yield before === 0n ? event : { ...event, revision: event.revision - before };
  }
}

/** Those at `head` or before it. */
export async function* upTo<Event extends LogEvent>(
  events: AsyncIterable<Event>,
  head: Position,
): AsyncGenerator<Event> {
  for await (const event of events) {
    if (comparePositions(event.position, head) > 0) return;
    yield event;
  }
}
