import { formatPosition } from '../event-store/position';
import type { OpaqueEvent, StoredEvent } from '../event-store/event-store';
import type { Values } from './row-book';

/** An event that a difference comes from. */
export type EventReference = {
  readonly eventId: string;
  readonly type: string;
  /** `<commit>.<prepare>`, as `parsePosition` reads it. */
  readonly position: string;
  readonly revision: number;
};

/** Where the rows of a stream are first not what its events say. Names of columns are those in the database. */
export type Difference = {
  /**
   * Of a row that is there on both sides one column differs; or the row is on one side only; or rows are said to hold an
   * event that this code can't read, so that what they must be can't be told.
   */
  readonly kind: 'value' | 'missing row' | 'extra row' | 'unreadable event';
  readonly stream: string;
  readonly projection: string;
  /** The table that was read, with its schema. */
  readonly table: string;
  /** By column. */
  readonly key: Values;
  /** Null unless one column differs. */
  readonly column: string | null;
  /** What the log says: the column's value, or the whole row by column; null for a row too many. */
  readonly expected: unknown;
  /** What the table says: the column's value, or the whole row by column; null for a missing row. */
  readonly actual: unknown;
  /**
   * The unreadable event; else the event that by the log last changed the row; of a row too many the one that the row says it comes from. Null when
   * the stream has no such event.
   */
  readonly event: EventReference | null;
};

export function referenceTo(event: StoredEvent | OpaqueEvent): EventReference {
  const { eventId, type, position, revision } = event;
  return { eventId, type, position: formatPosition(position), revision: Number(revision) };
}

const LONGEST = 160;

/**
 * The difference as a sentence.
 *
 * @param show whether the two values are written out: they may be what a person said, which belongs on the screen of
 *   who asked, and not in a log
 */
export function describeDifference(difference: Difference, show: 'values' | 'no values' = 'values'): string {
  const { kind, stream, projection, table, key, column, event } = difference;
  const keys = Object.entries(key).map(([name, value]) => `${name} ${String(value)}`);
  const row = `the row of ${table} with ${keys.join(', ')}`;
  const origin = event ? `${event.type} (event ${event.eventId}, ${stream} at ${event.revision})` : null;
  const start = `${projection}: ${row}`;
  switch (kind) {
    case 'unreadable event':
      return `${projection}: the rows of ${stream} can't be verified, since ${origin ?? 'an event'} can't be read.`;
    case 'missing row':
      return `${start} is missing. By the log, ${origin ?? 'an event'} was the last to change it.`;
    case 'extra row':
      return origin
        ? `${start} is one too many. It says that it comes from ${origin}.`
        : `${start} is one too many. No event of ${stream} is the one that it says it comes from.`;
    case 'value': {
      const last = `The last event to change the row was ${origin ?? 'unknown'}.`;
      if (show === 'no values') return `${start} has a wrong ${String(column)}. ${last}`;
      const [expected, actual] = excerpts(difference.expected, difference.actual);
      return `${start} has ${String(column)} ${actual}, and by the log it is ${expected}. ${last}`;
    }
    default:
      return kind satisfies never;
  }
}

/** Both values as JSON; of long ones the part around the first character that is not the same. */
function excerpts(expected: unknown, actual: unknown): readonly [string, string] {
  const texts = [JSON.stringify(expected), JSON.stringify(actual)] as const;
  if (texts.every((text) => text.length <= LONGEST)) return texts;
  const [one, other] = texts;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const start = Math.max(0, at - LONGEST / 4);
  const excerpt = (text: string): string =>
    `${start > 0 ? '…' : ''}${text.slice(start, start + LONGEST)}${text.length > start + LONGEST ? '…' : ''}`;
  return [excerpt(one), excerpt(other)];
}
