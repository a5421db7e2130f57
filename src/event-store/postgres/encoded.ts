import type { Append, NewEvent } from '../event-store';

/** An event as the statements take it: JSON as text. */
type EncodedEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
  readonly metadata: string;
};

/** An append ready to be sent. `expected` is -1 where no stream may be yet. */
export type EncodedAppend = {
  readonly stream: string;
  readonly expected: bigint;
  readonly events: readonly EncodedEvent[];
  /** About how much there is to send. */
  readonly bytes: number;
  readonly asked: Append;
};

/** @throws {RangeError} an append without events. */
export function encodeAppend(asked: Append): EncodedAppend {
  const expected = expectedNumber(asked);
  const events = asked.events.map(encodeEvent);
  return {
    stream: asked.stream,
    expected,
    events,
    bytes: events.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0),
    asked,
  };
}

/**
 * The revision expected of the stream, -1 where there may be none yet.
 * @throws {RangeError} an append without events.
 */
export function expectedNumber(append: Append): bigint {
  if (append.events.length === 0) throw new RangeError(`An append to ${append.stream} has no events.`);
  return append.expectedRevision === 'no-stream' ? -1n : append.expectedRevision;
}

function encodeEvent(event: NewEvent): EncodedEvent {
  return {
    eventId: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    data: JSON.stringify(event.data),
    metadata: JSON.stringify(event.metadata),
  };
}

/** Revision of the append's last event. */
export function lastRevision(append: EncodedAppend): bigint {
  return append.expected + BigInt(append.events.length);
}
