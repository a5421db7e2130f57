import { openEventLog, type EventLog } from '../../../test/support/event-log';
import { collect, idsOf, newStream, sampleEvent, sampleEvents } from '../../../test/support/sample-events';
import { createCodec, withUpcasting } from '../codec';
import type { EventStore, LogBatch } from '../event-store';

describe('reading the log in Postgres', () => {
  let log: EventLog;
  beforeAll(async () => {
    log = await openEventLog('own server');
  }, 30_000);
  afterAll(() => log.close());

  it('ends a page where it grows too large', async () => {
    const stream = newStream();
    const large = sampleEvents(20).map((event) => ({ ...event, data: { text: 'x'.repeat(900_000) } }));
    await log.store.append(stream, 'no-stream', large);
    const query = jest.spyOn(log.pool, 'query');
    const read = await collect(log.store.readStream(stream));
    expect(idsOf(read)).toEqual(idsOf(large));
    expect(query.mock.calls.length).toBeGreaterThanOrEqual(3);
    query.mockRestore();
  });

  it('asks once for a short stream', async () => {
    const stream = newStream();
    await log.store.append(stream, 'no-stream', sampleEvents(10));
    const query = jest.spyOn(log.pool, 'query');
    await collect(log.store.readStream(stream));
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
  });

  it('gives events of an older schema version as those of today', async () => {
    const stream = newStream();
    const v1 = sampleEvent({ note: 'walked' }, { type: 'NoteRecorded', schemaVersion: 1 });
    const { position } = await log.store.append(stream, 'no-stream', [v1]);
    const after = { commit: position.commit, prepare: position.prepare - 1n };
    const catalogue = { NoteRecorded: { schemaVersion: 2 } };
    const upcast = (data: object) => ({ text: (data as { note: string }).note, audience: 'coach' });
    const today: EventStore = withUpcasting(
      log.store,
      createCodec(catalogue, [{ type: 'NoteRecorded', from: 1, upcast }]),
    );
    const v2 = sampleEvent({ text: 'ran', audience: 'client' }, { type: 'NoteRecorded', schemaVersion: 2 });
    await today.append(stream, 0n, [v2]);

    const expected = [{ ...v1, schemaVersion: 2, data: { text: 'walked', audience: 'coach' } }, v2];
    expect(await collect(today.readStream(stream))).toMatchObject(expected);
    expect(await today.findInStream(stream, [v1.eventId])).toMatchObject([expected[0]!]);
    expect(await collect(today.readAll({ after }))).toMatchObject(expected);
    for await (const batch of today.subscribe({ after, signal: new AbortController().signal })) {
      expect(batch.events).toMatchObject(expected);
      break;
    }
    expect(await collect(log.store.readStream(stream))).toMatchObject([v1, v2]);
  });

  describe('subscribing', () => {
    it('asks nothing while nothing happens', async () => {
      const query = jest.spyOn(log.pool, 'query');
      const abort = new AbortController();
      const head = await log.store.head();
      const fresh = log.newStore();
      const subscription = collect(fresh.subscribe({ ...(head && { after: head }), signal: abort.signal }));
      await new Promise((resolve) => setTimeout(resolve, 150));
      query.mockClear();
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(query).not.toHaveBeenCalled();
      query.mockRestore();
      abort.abort();
      await subscription;
      await fresh.close();
    });

    it('gives an event when the transaction ends that held it back, of which nobody tells', async () => {
      const start = await log.store.append(newStream(), 'no-stream', sampleEvents(1));
      const news = sampleEvents(1);
      await log.admin.query('BEGIN');
      await log.admin.query('SELECT pg_current_xact_id()');
      await log.store.append(newStream(), 'no-stream', news);
      const reads = jest.spyOn(log.pool, 'query');
      const abort = new AbortController();
      const first = log.store.subscribe({ after: start.position, signal: abort.signal })[Symbol.asyncIterator]().next();
      while (reads.mock.calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      reads.mockRestore();
      expect(await log.store.head()).toEqual(start.position);
      await log.admin.query('ROLLBACK');
      const batch = (await first).value as LogBatch;
      expect(idsOf(batch.events)).toEqual(idsOf(news));
      abort.abort();
    });

    it('looks by itself when it is told nothing', async () => {
      const deaf = log.newStore({ pollMs: 20, connectionString: 'postgres://127.0.0.1:1/none' });
      const abort = new AbortController();
      const start = await log.store.append(newStream(), 'no-stream', sampleEvents(1));
      const news = sampleEvents(1);
      setTimeout(() => {
        log.store.append(newStream(), 'no-stream', news).catch(() => {
          abort.abort();
        });
      }, 50);
      const seen: string[] = [];
      for await (const batch of deaf.subscribe({ after: start.position, signal: abort.signal })) {
        seen.push(...idsOf(batch.events));
        break;
      }
      await deaf.close();
      expect(seen).toEqual(idsOf(news));
      expect(log.problems.map((problem) => problem.message).join()).toContain('ECONNREFUSED');
    });

    it('is told again after the listening connection broke', async () => {
      const abort = new AbortController();
      const start = await log.store.append(newStream(), 'no-stream', sampleEvents(1));
      const rounds = Array.from({ length: 3 }, () => sampleEvents(1));
      let seen = 0;
      await log.store.append(newStream(), 'no-stream', rounds[0]!);
      for await (const batch of log.store.subscribe({ after: start.position, signal: abort.signal })) {
        expect(idsOf(batch.events)).toEqual(idsOf(rounds[seen]!));
        seen += 1;
        const next = rounds[seen];
        if (!next) break;
        await log.admin.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cairn listener'",
        );
        setTimeout(() => {
          log.store.append(newStream(), 'no-stream', next).catch(() => {
            abort.abort();
          });
        }, 30);
      }
      expect(seen).toBe(3);
    });
  });
});
