import type { Position, StoredEvent } from '../event-store';

/** The columns of `EVENT_COLUMNS` as `pg` gives them with `rowMode: 'array'`. */
export type EventRow = [
  stream: string,
  revision: string,
  epoch: number,
  xid: string,
  seq: string,
  eventId: string,
  type: string,
  schemaVersion: number,
  data: object,
  metadata: StoredEvent['metadata'],
];

/** What a query must select, in this order, for `toStoredEvent` to read it. */
export const EVENT_COLUMNS = 'stream, revision, epoch, xid, seq, event_id, type, schema_version, data, metadata';

export function toStoredEvent(row: EventRow): StoredEvent {
  const [stream, revision, epoch, xid, seq, eventId, type, schemaVersion, data, metadata] = row;
  return {
    eventId,
    type,
    schemaVersion,
    data,
    metadata,
    stream,
    revision: BigInt(revision),
    position: toPosition(epoch, xid, seq),
  };
}

const EPOCH_BITS = 64n;
const XID_MASK = (1n << EPOCH_BITS) - 1n;

/** Epoch and transaction id make the commit half, so that positions compare as (epoch, xid, seq) do. */
export function toPosition(epoch: number, xid: string, seq: string): Position {
  return { commit: (BigInt(epoch) << EPOCH_BITS) + BigInt(xid), prepare: BigInt(seq) };
}

/** The values of (epoch, xid, seq) for a query; before the log's beginning when there is no position. */
export function fromPosition(position: Position | undefined): [epoch: string, xid: string, seq: string] {
  if (position === undefined) return ['-1', '0', '0'];
  const { commit, prepare } = position;
  return [String(commit >> EPOCH_BITS), String(commit & XID_MASK), String(prepare)];
}
