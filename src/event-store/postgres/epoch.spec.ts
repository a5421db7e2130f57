import type { Client } from 'pg';
import { openEventLog, type EventLog } from '../../../test/support/event-log';
import { idsOf, newStream, sampleEvents } from '../../../test/support/sample-events';
import { migrateEventLog } from './postgres-event-store';

describe('a log restored from a dump', () => {
  let old: EventLog;
  let restored: EventLog;
  beforeAll(async () => {
    [old, restored] = await Promise.all([openEventLog('own server'), openEventLog('own server')]);
  }, 30_000);
  afterAll(() => Promise.all([old.close(), restored.close()]));

  it('takes what is appended from then on behind what the dump held', async () => {
    await old.admin.query('DO $$ BEGIN FOR i IN 1..2000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$');
    await old.store.append(newStream(), 'no-stream', sampleEvents(3));
    const before = await old.readAll();
    await restoreDump(old.admin, restored.admin);
    // As at the next starts: only the first of them is in a new place.
    await migrateEventLog(restored.pool);
    await migrateEventLog(restored.pool);

    const stream = newStream();
    const [events, loaded] = [sampleEvents(2), sampleEvents(1)];
    const answer = await restored.store.append(stream, 'no-stream', events);
    await restored.store.appendMany([{ stream, expectedRevision: 1n, events: loaded }]);
    const after = await restored.readAll();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(idsOf(after.slice(before.length))).toEqual(idsOf([...events, ...loaded]));
    expect(await restored.store.head()).toEqual(after.at(-1)?.position);

    const { commit } = answer.position;
    expect(commit >> 64n).toBe(1n);
    // Without the epoch the new cluster's lower transaction ids would have put them among the old ones.
    expect(commit & ((1n << 64n) - 1n)).toBeLessThan(before.at(-1)!.position.commit);
  });
});

/** What `pg_dump` and `psql` would do: every row of the log's tables as it is, and the sequence where it was. */
async function restoreDump(from: Client, to: Client): Promise<void> {
  const columns = 'stream, revision, epoch, xid, seq, event_id, type, schema_version, data, metadata';
  const events = await from.query<{ row: string }>(`SELECT to_json(e)::text AS row FROM event_log.event e`);
  const epoch = await from.query<{ row: string }>('SELECT to_json(e)::text AS row FROM event_log.epoch e');
  await to.query('DELETE FROM event_log.epoch');
  await to.query(
    `INSERT INTO event_log.epoch SELECT r.* FROM unnest($1::json[]) row, json_populate_record(null::event_log.epoch, row) r`,
    [epoch.rows.map(({ row }) => row)],
  );
  await to.query(
    `INSERT INTO event_log.event (${columns}) SELECT ${columns}
     FROM unnest($1::json[]) row, json_populate_record(null::event_log.event, row) r`,
    [events.rows.map(({ row }) => row)],
  );
  await to.query("SELECT setval('event_log.event_seq_seq', (SELECT max(seq) FROM event_log.event))");
}
