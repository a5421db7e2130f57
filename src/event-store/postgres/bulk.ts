import { once } from 'node:events';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  AppendOutcomeUnknown,
  WrongExpectedRevision,
  type Append,
  type AppendResult,
  type NewEvent,
} from '../event-store';
import { inTransaction } from './connection';
import { expectedNumber } from './encoded';
import { failureOf, isUniqueViolation, unavailable } from './failures';
import { toPosition } from './rows';

/** Text is sent to the server in pieces of about this size. */
const CHUNK_CHARACTERS = 128 * 1024;

type Load = {
  readonly append: Append;
  readonly stream: string;
  /** The revision expected before, -1 for none, and the one afterwards. */
  readonly above: bigint;
  readonly upto: bigint;
};

function toLoad(append: Append): Load {
  const above = expectedNumber(append);
  return { append, stream: append.stream, above, upto: above + BigInt(append.events.length) };
}

/**
 * Appends to many streams in one transaction, all or nothing, many times as fast as one by one; the same call again is
 * given the first answer. Every stream may occur once. Readers of the log wait for the transaction: keep a call to some
 * 10,000 events, and have two on their way at a time to use more of the server.
 * @throws {WrongExpectedRevision} a stream is not at its expected revision.
 * @throws {AppendOutcomeUnknown} the answer was lost; the same call again finds out.
 * @throws {EventStoreUnavailable} the server can't be reached, or has no room; nothing was written.
 */
export async function appendMany(pool: Pool, appends: readonly Append[]): Promise<AppendResult[]> {
  const loads = appends.map(toLoad);
  const [first] = loads;
  if (first === undefined) return [];
  try {
    return await loadOnce(pool, loads);
  } catch (error) {
    // Someone else appended to one of the streams since we looked: now the look will tell.
    if (isUniqueViolation(error)) return await loadOnce(pool, loads);
    const failure = error instanceof WrongExpectedRevision ? 'refused' : failureOf(error);
    if (failure === 'refused') throw error;
    throw failure === 'lost' ? new AppendOutcomeUnknown(first.stream, { cause: error }) : unavailable(error);
  }
}

function loadOnce(pool: Pool, loads: readonly Load[]): Promise<AppendResult[]> {
  return inTransaction(pool, async (client) => {
    const conflict = await findConflict(client, loads);
    if (conflict === null) {
      await copy(client, loads);
      await client.query("SELECT pg_notify('event_log', '')");
    } else if (!(await areThere(client, loads))) throw conflict;
    return readResults(client, loads);
  });
}

async function findConflict(client: PoolClient, loads: readonly Load[]): Promise<WrongExpectedRevision | null> {
  const { rows } = await client.query<[actual: string | null]>({
    name: 'event_log.revisions',
    text: `SELECT (SELECT e.revision FROM event_log.event e WHERE e.stream = asked.stream COLLATE "C"
                   ORDER BY e.revision DESC LIMIT 1)
           FROM unnest($1::text[]) WITH ORDINALITY asked (stream, number) ORDER BY number`,
    values: [loads.map((load) => load.stream)],
    rowMode: 'array',
  });
  for (const [index, { stream, above, append }] of loads.entries()) {
    const text = rows[index]?.[0] ?? null;
    const actual = text === null ? null : BigInt(text);
    if ((actual ?? -1n) !== above) return new WrongExpectedRevision(stream, append.expectedRevision, actual);
  }
  return null;
}

/** Whether the streams hold these very events where the appends would put them. */
async function areThere(client: PoolClient, loads: readonly Load[]): Promise<boolean> {
  const { rows } = await client.query<[eventId: string]>({
    text: `SELECT e.event_id
           FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY asked (stream, above, upto, number)
           JOIN event_log.event e ON e.stream = asked.stream COLLATE "C" AND e.revision > above AND e.revision <= upto
           ORDER BY number, e.revision`,
    values: [
      loads.map((load) => load.stream),
      loads.map((load) => String(load.above)),
      loads.map((load) => String(load.upto)),
    ],
    rowMode: 'array',
  });
  const ids = loads.flatMap((load) => load.append.events.map((event) => event.eventId.toLowerCase()));
  return rows.length === ids.length && rows.every(([id], index) => id === ids[index]);
}

const COLUMNS = 'stream, revision, event_id, type, schema_version, data, metadata';

async function copy(client: PoolClient, loads: readonly Load[]): Promise<void> {
  const sink = client.query(copyFrom(`COPY event_log.event (${COLUMNS}) FROM STDIN`));
  const finished = once(sink, 'finish');
  finished.catch(() => undefined);
  for (const chunk of chunks(loads)) {
    const drained = sink.write(chunk) ? undefined : once(sink, 'drain');
    // `finished` first: an error of the server ends the copy, and what is written after it would have nowhere to go.
    await Promise.race([finished, drained]);
  }
  sink.end();
  await finished;
}

function* chunks(loads: readonly Load[]): Generator<string> {
  let text = '';
  for (const { append, above } of loads) {
    const stream = escape(append.stream);
    let revision = above;
    for (const event of append.events) {
      revision += 1n;
      // JSON is made here and not before, so that the server works while we do.
      text += `${stream}\t${revision}\t${toRow(event)}\n`;
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = '';
    }
  }
  yield text;
}

function toRow(event: NewEvent): string {
  const data = escape(JSON.stringify(event.data));
  const metadata = escape(JSON.stringify(event.metadata));
  return `${escape(event.eventId)}\t${escape(event.type)}\t${event.schemaVersion}\t${data}\t${metadata}`;
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** What COPY would take for its own, written as it wants it. */
function escape(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

async function readResults(client: PoolClient, loads: readonly Load[]): Promise<AppendResult[]> {
  const { rows } = await client.query<[epoch: number, xid: string, seq: string]>({
    name: 'event_log.positions',
    // One by one (OFFSET 0 keeps it so): as a join it could be planned as a look at the whole log.
    text: `SELECT found.epoch, found.xid, found.seq
           FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY asked (stream, revision, number)
           CROSS JOIN LATERAL (
             SELECT e.epoch, e.xid, e.seq FROM event_log.event e
             WHERE e.stream = asked.stream COLLATE "C" AND e.revision = asked.revision OFFSET 0
           ) found
           ORDER BY number`,
    values: [loads.map((load) => load.stream), loads.map((load) => String(load.upto))],
    rowMode: 'array',
  });
  return rows.map((row, index) => {
    const load = loads[index];
    if (load === undefined) throw new Error('The event log gave more outcomes than there were appends');
    return { revision: load.upto, position: toPosition(...row) };
  });
}
