import { once } from 'node:events';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { AppendOutcomeUnknown, WrongExpectedRevision, type Append, type AppendResult } from '../event-store';
import { inTransaction } from './connection';
import { encodeAppend, lastRevision, type EncodedAppend } from './encoded';
import { failureOf, isUniqueViolation, unavailable } from './failures';
import { toPosition } from './rows';

/** Text is sent to the server in pieces of about this size. */
const CHUNK_CHARACTERS = 128 * 1024;

/**
 * Appends to many streams in one transaction, all or nothing, many times as fast as one by one; the same call again is
 * given the first answer. Every stream may occur once. Readers of the log wait for the transaction: keep a call to some
 * 10,000 events.
 * @throws {WrongExpectedRevision} a stream is not at its expected revision.
 * @throws {AppendOutcomeUnknown} the answer was lost; the same call again finds out.
 * @throws {EventStoreUnavailable} the server can't be reached, or has no room; nothing was written.
 */
export async function appendMany(pool: Pool, appends: readonly Append[]): Promise<AppendResult[]> {
  const encoded = appends.map(encodeAppend);
  const [first] = encoded;
  if (first === undefined) return [];
  try {
    return await loadOnce(pool, encoded);
  } catch (error) {
    // Someone else appended to one of the streams since we looked: now the look will tell.
    if (isUniqueViolation(error)) return await loadOnce(pool, encoded);
    const failure = error instanceof WrongExpectedRevision ? 'refused' : failureOf(error);
    if (failure === 'refused') throw error;
    throw failure === 'lost' ? new AppendOutcomeUnknown(first.stream, { cause: error }) : unavailable(error);
  }
}

function loadOnce(pool: Pool, appends: readonly EncodedAppend[]): Promise<AppendResult[]> {
  return inTransaction(pool, async (client) => {
    const conflict = await findConflict(client, appends);
    if (conflict === null) {
      await copy(client, appends);
      await client.query("SELECT pg_notify('event_log', '')");
    } else if (!(await areThere(client, appends))) throw conflict;
    return readResults(client, appends);
  });
}

async function findConflict(
  client: PoolClient,
  appends: readonly EncodedAppend[],
): Promise<WrongExpectedRevision | null> {
  const { rows } = await client.query<[actual: string | null]>({
    name: 'event_log.revisions',
    text: `SELECT (SELECT e.revision FROM event_log.event e WHERE e.stream = asked.stream COLLATE "C"
                   ORDER BY e.revision DESC LIMIT 1)
           FROM unnest($1::text[]) WITH ORDINALITY asked (stream, number) ORDER BY number`,
    values: [appends.map((append) => append.stream)],
    rowMode: 'array',
  });
  for (const [index, { stream, expected, asked }] of appends.entries()) {
    const text = rows[index]?.[0] ?? null;
    const actual = text === null ? null : BigInt(text);
    if ((actual ?? -1n) !== expected) return new WrongExpectedRevision(stream, asked.expectedRevision, actual);
  }
  return null;
}

/** Whether the streams hold these very events where the appends would put them. */
async function areThere(client: PoolClient, appends: readonly EncodedAppend[]): Promise<boolean> {
  const { rows } = await client.query<[eventId: string]>({
    text: `SELECT e.event_id
           FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY asked (stream, above, upto, number)
           JOIN event_log.event e ON e.stream = asked.stream COLLATE "C" AND e.revision > above AND e.revision <= upto
           ORDER BY number, e.revision`,
    values: [
      appends.map((append) => append.stream),
      appends.map((append) => String(append.expected)),
      appends.map((append) => String(lastRevision(append))),
    ],
    rowMode: 'array',
  });
  const ids = appends.flatMap((append) => append.events.map((event) => event.eventId.toLowerCase()));
  return rows.length === ids.length && rows.every(([id], index) => id === ids[index]);
}

const COLUMNS = 'stream, revision, event_id, type, schema_version, data, metadata';

async function copy(client: PoolClient, appends: readonly EncodedAppend[]): Promise<void> {
  const sink = client.query(copyFrom(`COPY event_log.event (${COLUMNS}) FROM STDIN`));
  const finished = once(sink, 'finish');
  // An error of the server ends the copy while we still write; it is reported by `finished`.
  finished.catch(() => undefined);
  for (const chunk of chunks(appends)) {
    if (!sink.write(chunk)) await Promise.race([once(sink, 'drain'), finished]);
  }
  sink.end();
  await finished;
}

function* chunks(appends: readonly EncodedAppend[]): Generator<string> {
  let text = '';
  for (const append of appends) {
    const stream = escapeText(append.stream);
    let revision = append.expected;
    for (const event of append.events) {
      revision += 1n;
      const json = `${escapeJson(event.data)}\t${escapeJson(event.metadata)}`;
      text += `${stream}\t${revision}\t${escapeText(event.eventId)}\t${escapeText(event.type)}\t${event.schemaVersion}\t${json}\n`;
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = '';
    }
  }
  yield text;
}

/** In JSON without layout the only character that COPY takes for its own is the backslash. */
function escapeJson(json: string): string {
  return json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeText(text: string): string {
  return text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

async function readResults(client: PoolClient, appends: readonly EncodedAppend[]): Promise<AppendResult[]> {
  const { rows } = await client.query<[epoch: number, xid: string, seq: string]>({
    name: 'event_log.positions',
    text: `SELECT e.epoch, e.xid, e.seq
           FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY asked (stream, revision, number)
           JOIN event_log.event e ON e.stream = asked.stream COLLATE "C" AND e.revision = asked.revision
           ORDER BY number`,
    values: [appends.map((append) => append.stream), appends.map((append) => String(lastRevision(append)))],
    rowMode: 'array',
  });
  return rows.map((row, index) => {
    const append = appends[index];
    if (append === undefined) throw new Error('The event log gave more outcomes than there were appends');
    return { revision: lastRevision(append), position: toPosition(...row) };
  });
}
