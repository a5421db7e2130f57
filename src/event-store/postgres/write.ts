import type { Pool, PoolClient, QueryArrayConfig } from 'pg';
import { WrongExpectedRevision, type AppendResult } from '../event-store';
import { withConnection } from './connection';
import { lastRevision, type EncodedAppend } from './encoded';
import { isUniqueViolation, reading } from './failures';
import { toPosition } from './rows';

/** What became of one append: written now or before, or refused because the stream is elsewhere. */
export type Outcome = AppendResult | WrongExpectedRevision;

/**
 * Sends the appends, no two of them to one stream, in one round trip and one transaction, and answers for each of them.
 * Rejects when the server refused the whole call or its answer was lost: see `failureOf`; with `NotSent` when there was
 * no connection.
 */
export function writeAppends(pool: Pool, appends: readonly EncodedAppend[], timeoutMs: number): Promise<Outcome[]> {
  return withConnection(pool, async (client) => {
    const rows = await callFunction(client, appends, timeoutMs);
    const outcomes: Outcome[] = [];
    for (const [index, append] of appends.entries()) outcomes.push(await outcomeOf(client, append, rows[index]));
    return outcomes;
  });
}

type WrittenRow = [actual: string | null, epoch: number | null, xid: string | null, seq: string | null];

async function callFunction(
  client: PoolClient,
  appends: readonly EncodedAppend[],
  timeoutMs: number,
): Promise<WrittenRow[]> {
  const [first] = appends;
  const single = appends.length === 1 && first?.events.length === 1 ? first : undefined;
  const statement: QueryArrayConfig & { query_timeout: number } = {
    ...(single ? singleStatement(single) : groupStatement(appends)),
    rowMode: 'array',
    query_timeout: timeoutMs,
  };
  const { rows } = await client.query<WrittenRow>(statement);
  return rows;
}

function singleStatement(append: EncodedAppend) {
  const [event] = append.events;
  return {
    name: 'event_log.append_event',
    text: 'SELECT actual, epoch, xid, seq FROM event_log.append_event($1, $2, $3, $4, $5, $6, $7)',
    values: [
      append.stream,
      String(append.expected),
      event?.eventId,
      event?.type,
      event?.schemaVersion,
      event?.data,
      event?.metadata,
    ],
  };
}

function groupStatement(appends: readonly EncodedAppend[]) {
  const events = appends.flatMap((append, index) =>
    append.events.map((event, at) => ({
      ...event,
      owner: index + 1,
      revision: String(append.expected + 1n + BigInt(at)),
    })),
  );
  return {
    name: 'event_log.append_group',
    text: `SELECT actual, epoch, xid, seq
           FROM event_log.append_group($1, $2, $3, $4, $5, $6, $7, $8, $9) ORDER BY append`,
    values: [
      appends.map((append) => append.stream),
      appends.map((append) => String(append.expected)),
      events.map((event) => event.owner),
      events.map((event) => event.revision),
      events.map((event) => event.eventId),
      events.map((event) => event.type),
      events.map((event) => event.schemaVersion),
      events.map((event) => event.data),
      events.map((event) => event.metadata),
    ],
  };
}

async function outcomeOf(client: PoolClient, append: EncodedAppend, row: WrittenRow | undefined): Promise<Outcome> {
  if (row === undefined) throw new Error(`The event log gave no outcome for the append to ${append.stream}`);
  const [actual, epoch, xid, seq] = row;
  if (epoch !== null && xid !== null && seq !== null) {
    return { revision: lastRevision(append), position: toPosition(epoch, xid, seq) };
  }
  const revision = actual === null ? null : BigInt(actual);
  return (
    (await findSameAppend(client, append)) ??
    new WrongExpectedRevision(append.stream, append.asked.expectedRevision, revision)
  );
}

type FoundRow = [eventId: string, epoch: number, xid: string, seq: string];

/** The first answer to this append, if the stream holds its very events where it would have put them. */
async function findSameAppend(client: PoolClient, append: EncodedAppend): Promise<AppendResult | null> {
  const { rows } = await client.query<FoundRow>({
    name: 'event_log.same_append',
    text: `SELECT event_id, epoch, xid, seq FROM event_log.event
           WHERE stream = $1 AND revision > $2 AND revision <= $3 ORDER BY revision`,
    values: [append.stream, String(append.expected), String(lastRevision(append))],
    rowMode: 'array',
  });
  const same =
    rows.length === append.events.length &&
    append.events.every((event, index) => event.eventId.toLowerCase() === rows[index]?.[0]);
  const last = rows.at(-1);
  if (!same || last === undefined) return null;
  const [, epoch, xid, seq] = last;
  return { revision: lastRevision(append), position: toPosition(epoch, xid, seq) };
}

/**
 * Why the server refused this one append: the port's error when some of its events are in the stream already (only
 * part of them, or elsewhere than this append would put them), else what the server said.
 */
export async function refusalOf(pool: Pool, append: EncodedAppend, error: unknown): Promise<unknown> {
  if (!isUniqueViolation(error)) return error;
  const { rows } = await reading(() =>
    pool.query<[stream: string, last: string | null]>({
      text: `SELECT stream, (SELECT max(revision) FROM event_log.event WHERE stream = $2)
             FROM event_log.event WHERE event_id = ANY ($1::uuid[])`,
      values: [append.events.map((event) => event.eventId), append.stream],
      rowMode: 'array',
    }),
  );
  const elsewhere = rows.find(([stream]) => stream !== append.stream);
  if (elsewhere) return new Error(`Event ids of an append to ${append.stream} are taken in stream ${elsewhere[0]}`);
  const last = rows[0]?.[1] ?? null;
  if (last === null) return error;
  return new WrongExpectedRevision(append.stream, append.asked.expectedRevision, BigInt(last));
}
