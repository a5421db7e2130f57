import type { Pool } from 'pg';
import type { Position, StoredEvent } from '../event-store';
import { reading } from './failures';
import { EVENT_COLUMNS, fromPosition, toPosition, toStoredEvent, type EventRow } from './rows';

/** A page ends where it has this many bytes of data, so that large events don't pile up in memory. */
const PAGE_BYTES = 8 * 1024 * 1024;

/** Below it no transaction is open any more: nothing can still appear before what is read there. */
const HORIZON = '((SELECT epoch FROM event_log.epoch), pg_snapshot_xmin(pg_current_snapshot()))';

export type Page = {
  readonly events: readonly StoredEvent[];
  /** There is nothing more to read for now. */
  readonly last: boolean;
};

export type LogPage = Page & {
  /** There are committed events that a transaction still open keeps from being read. */
  readonly unsettled: boolean;
};

type SizedRow = [...EventRow, bytes: string];

/** At most `size` events of the stream from revision `from`. */
export async function readStreamPage(pool: Pool, stream: string, from: bigint, size: number): Promise<Page> {
  const { rows } = await reading(() =>
    pool.query<SizedRow>({
      name: 'event_log.stream_page',
      text: sizedPage('stream = $1 AND revision >= $2', 'revision', '$3'),
      values: [stream, String(from), size],
      rowMode: 'array',
    }),
  );
  return toPage(rows, size);
}

/**
 * At most `size` events after `after` in log order and not after `until`, which is a head that was read before.
 * Without a name, so planned each time: a plan that was made while the log was short would sort all of a long one.
 */
export async function readLogPage(
  pool: Pool,
  after: Position | undefined,
  until: Position,
  size: number,
): Promise<Page> {
  const { rows } = await reading(() =>
    pool.query<SizedRow>({
      text: sizedPage(
        '(epoch, xid, seq) > ($1, $2, $3) AND (epoch, xid, seq) <= ($4, $5, $6)',
        'epoch, xid, seq',
        '$7',
      ),
      values: [...fromPosition(after), ...fromPosition(until), size],
      rowMode: 'array',
    }),
  );
  return toPage(rows, size);
}

/**
 * At most `size` events after `after` in log order, as far as the order is settled. Where there is much to come
 * (`catchingUp`) the plan is made anew, as in `readLogPage`.
 */
export async function readLogTail(
  pool: Pool,
  after: Position | undefined,
  size: number,
  catchingUp: boolean,
): Promise<LogPage> {
  const page = sizedPage(
    `(epoch, xid, seq) > ($1, $2, $3) AND (epoch, xid) < ${HORIZON}`,
    'epoch, xid, seq',
    String(size),
  );
  const { rows } = await reading(() =>
    pool.query<[...SizedRow, unsettled: boolean | null]>({
      ...(catchingUp ? {} : { name: `event_log.log_tail.${size}` }),
      text: `SELECT page.*, newest.unsettled
             FROM (SELECT (SELECT (epoch, xid) >= ${HORIZON} FROM event_log.event
                           ORDER BY epoch DESC, xid DESC, seq DESC LIMIT 1) AS unsettled) newest
             LEFT JOIN (${page}) page ON true
             ORDER BY epoch, xid, seq`,
      values: fromPosition(after),
      rowMode: 'array',
    }),
  );
  const unsettled = rows[0]?.[UNSETTLED] === true;
  return { ...toPage(rows.filter(hasEvent), size), unsettled };
}

const BYTES = 10;
const UNSETTLED = 11;

/** The join gives one row of nulls when the page is empty. */
function hasEvent(row: readonly unknown[]): boolean {
  return row[0] !== null;
}

function toPage(rows: readonly (readonly [...SizedRow, ...unknown[]])[], size: number): Page {
  const bytes = Number(rows.at(-1)?.[BYTES] ?? 0);
  return {
    events: rows.map((row) => toStoredEvent(row.slice(0, BYTES) as EventRow)),
    last: rows.length < size && bytes < PAGE_BYTES,
  };
}

/** A page by number and by size. It has always one event at least; its last column sums the bytes up to its row. */
function sizedPage(condition: string, order: string, size: string): string {
  return `SELECT ${EVENT_COLUMNS}, bytes FROM (
            SELECT found.*, pg_column_size(data) AS size, sum(pg_column_size(data)) OVER (ORDER BY ${order}) AS bytes
            FROM (SELECT ${EVENT_COLUMNS} FROM event_log.event WHERE ${condition} ORDER BY ${order} LIMIT ${size}) found
          ) sized
          WHERE bytes - size < ${PAGE_BYTES}
          ORDER BY ${order}`;
}

/** Position of the newest event whose place in the order is settled. */
export async function readHead(pool: Pool): Promise<Position | null> {
  const { rows } = await reading(() =>
    pool.query<[epoch: number, xid: string, seq: string]>({
      name: 'event_log.head',
      text: `SELECT epoch, xid, seq FROM event_log.event WHERE (epoch, xid) < ${HORIZON}
             ORDER BY epoch DESC, xid DESC, seq DESC LIMIT 1`,
      rowMode: 'array',
    }),
  );
  return rows[0] ? toPosition(...rows[0]) : null;
}

/** Which log this is, whatever its database is called and wherever it was restored to. */
export async function readLogId(pool: Pool): Promise<string> {
  const { rows } = await reading(() => pool.query<{ id: string }>('SELECT log_id AS id FROM event_log.epoch'));
  if (!rows[0]) throw new Error('The event log was never migrated');
  return `postgres:${rows[0].id}`;
}

/** How many events there are after `after` whose place in the order is settled. */
export async function countAfter(pool: Pool, after: Position | null): Promise<number> {
  const { rows } = await reading(() =>
    pool.query<[count: string]>({
      name: 'event_log.count_after',
      text: `SELECT count(*) FROM event_log.event WHERE (epoch, xid, seq) > ($1, $2, $3) AND (epoch, xid) < ${HORIZON}`,
      values: fromPosition(after ?? undefined),
      rowMode: 'array',
    }),
  );
  return Number(rows[0]?.[0] ?? 0);
}

export async function readStreamRevision(pool: Pool, stream: string): Promise<bigint | null> {
  const { rows } = await reading(() =>
    pool.query<[revision: string]>({
      name: 'event_log.stream_revision',
      text: 'SELECT revision FROM event_log.event WHERE stream = $1 ORDER BY revision DESC LIMIT 1',
      values: [stream],
      rowMode: 'array',
    }),
  );
  return rows[0] ? BigInt(rows[0][0]) : null;
}

/** The events with these ids, as far as they are in the stream; found by id, however long the stream is. */
export async function readByIds(pool: Pool, stream: string, eventIds: readonly string[]): Promise<StoredEvent[]> {
  const { rows } = await reading(() =>
    pool.query<EventRow>({
      name: 'event_log.by_ids',
      text: `SELECT ${EVENT_COLUMNS} FROM event_log.event
             WHERE event_id = ANY ($2::uuid[]) AND stream || '' = $1 ORDER BY revision`,
      values: [stream, eventIds],
      rowMode: 'array',
    }),
  );
  return rows.map(toStoredEvent);
}
