import type { ClientBase, Pool, QueryArrayConfig } from 'pg';
import { WrongExpectedRevision, type AppendResult } from '../event-store';
import { lastRevision, type EncodedAppend } from './encoded';
import { isUniqueViolation, reading } from './failures';
import { toPosition } from './rows';

/** What became of one append: written now or before, or refused because the stream is elsewhere. */
export type Outcome = AppendResult | WrongExpectedRevision;

/**
 * Sends the appends, no two of them to one stream, in one round trip and one transaction, and answers for each of them.
 * Rejects when the server refused the whole call or its answer was lost: see `failureOf`.
 */
export async function writeAppends(client: ClientBase, appends: readonly EncodedAppend[]): Promise<Outcome[]> {
  const places = await callFunction(client, appends);
  const outcomes: Outcome[] = [];
  for (const [index, append] of appends.entries()) {
    const place = places[index] ?? null;
    outcomes.push(place === null ? await refusedOutcome(client, append) : writtenAt(append, place));
  }
  return outcomes;
}

/** For each append the place of its last event, null where the stream was elsewhere. */
async function callFunction(
  client: ClientBase,
  appends: readonly EncodedAppend[],
): Promise<readonly (string | null)[]> {
  const [first] = appends;
  if (appends.length === 1 && first?.events.length === 1) {
    const { rows } = await client.query<[place: string | null]>(oneStatement(first));
    return rows[0] ?? [];
  }
  const { rows } = await client.query<[places: (string | null)[]]>(severalStatement(appends));
  return rows[0]?.[0] ?? [];
}

function oneStatement({ stream, expected, events: [event] }: EncodedAppend): QueryArrayConfig {
  return {
    name: 'event_log.append_one',
    text: 'SELECT event_log.append_one($1, $2, $3, $4, $5, $6, $7)',
    values: [stream, String(expected), event?.eventId, event?.type, event?.schemaVersion, event?.data, event?.metadata],
    rowMode: 'array',
  };
}

function severalStatement(appends: readonly EncodedAppend[]): QueryArrayConfig {
  const events = appends.flatMap((append, index) =>
    append.events.map((event, at) => ({
      ...event,
      owner: index + 1,
      revision: String(append.expected + 1n + BigInt(at)),
    })),
  );
  return {
    name: 'event_log.append_several',
    text: 'SELECT event_log.append_several($1, $2, $3, $4, $5, $6, $7, $8, $9)',
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
    rowMode: 'array',
  };
}

/** `place` is 'epoch xid seq', as the functions answer. */
function writtenAt(append: EncodedAppend, place: string): AppendResult {
  const [epoch = '', xid = '', seq = ''] = place.split(' ');
  return { revision: lastRevision(append), position: toPosition(Number(epoch), xid, seq) };
}

type NextRow = [last: string, eventId: string | null, place: string];

/** The stream was elsewhere: because it holds this very append already, which has its first answer then, or others. */
async function refusedOutcome(client: ClientBase, append: EncodedAppend): Promise<Outcome> {
  const { stream, expected, events, asked } = append;
  const { rows } = await client.query<NextRow>({
    name: 'event_log.refused',
    // The newest event of the stream, and beside it those that are where this append's would be.
    text: `SELECT last.revision, e.event_id, e.epoch || ' ' || e.xid || ' ' || e.seq
           FROM (SELECT revision FROM event_log.event WHERE stream = $1 ORDER BY revision DESC LIMIT 1) last
           LEFT JOIN event_log.event e ON e.stream = $1 AND e.revision > $2 AND e.revision <= $3
           ORDER BY e.revision`,
    values: [stream, String(expected), String(lastRevision(append))],
    rowMode: 'array',
  });
  const same =
    rows.length === events.length && events.every((event, at) => event.eventId.toLowerCase() === rows[at]?.[1]);
  const last = rows.at(-1);
  if (same && last) return writtenAt(append, last[2]);
  return new WrongExpectedRevision(stream, asked.expectedRevision, last ? BigInt(last[0]) : null);
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
