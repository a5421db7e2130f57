import { Client } from 'pg';
import { openEventLog, type EventLog } from '../../../test/support/event-log';
import { idsOf, newStream, sampleEvent, sampleEvents } from '../../../test/support/sample-events';
import { AppendOutcomeUnknown } from '../event-store';

describe('appending to the log in Postgres', () => {
  let log: EventLog;
  beforeAll(async () => {
    log = await openEventLog('shared server');
  }, 30_000);
  afterAll(() => log.close());

  /** Makes appends to the stream wait, until the lock is given back. */
  const lockStream = (stream: string) => log.admin.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [stream]);
  const unlockStream = (stream: string) =>
    log.admin.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [stream]);

  /** The server processes that wait for a lock, once there is one. */
  async function waitingBackends(): Promise<number[]> {
    for (;;) {
      const { rows } = await log.admin.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()",
      );
      if (rows.length > 0) return rows.map((row) => row.pid);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it('leaves no gap in the positions when an append loses', async () => {
    const stream = newStream();
    const before = await log.store.append(stream, 'no-stream', sampleEvents(1));
    await Promise.allSettled([
      log.store.append(stream, 'no-stream', sampleEvents(1)),
      log.store.append(stream, 7n, sampleEvents(3)),
    ]);
    await expect(log.store.append(stream, 'no-stream', sampleEvents(1))).rejects.toThrow('at revision 0');
    const after = await log.store.append(stream, 0n, sampleEvents(1));
    expect(after.position.prepare).toBe(before.position.prepare + 1n);
  });

  it('sends what waits at the same moment together, in one round trip', async () => {
    await log.store.append(newStream(), 'no-stream', sampleEvents(1));
    const query = jest.spyOn(Client.prototype, 'query');
    await log.store.append(newStream(), 'no-stream', sampleEvents(1));
    expect(query).toHaveBeenCalledTimes(1);
    await Promise.all([1, 2, 3, 1].map((count) => log.store.append(newStream(), 'no-stream', sampleEvents(count))));
    expect(query).toHaveBeenCalledTimes(2);
    query.mockRestore();
  });

  it('fails only the append whose event the server refuses', async () => {
    const [good, bad, better] = [newStream(), newStream(), newStream()];
    const events = sampleEvents(2);
    const results = await Promise.allSettled([
      log.store.append(good, 'no-stream', events),
      log.store.append(bad, 'no-stream', [sampleEvent({}, { eventId: 'no uuid' })]),
      log.store.append(better, 'no-stream', sampleEvents(1)),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await log.idsIn(good)).toEqual(idsOf(events));
    expect(await log.idsIn(bad)).toEqual([]);
  });

  it('names the stream in which an event id is taken', async () => {
    const [one, other] = [newStream(), newStream()];
    const events = sampleEvents(1);
    await log.store.append(one, 'no-stream', events);
    await expect(log.store.append(other, 'no-stream', events)).rejects.toThrow(`are taken in stream ${one}`);
    expect(await log.store.streamRevision(other)).toBeNull();
  });

  it('writes once when the server ends its process in the middle', async () => {
    const appends = Array.from({ length: 5 }, () => ({ stream: newStream(), events: sampleEvents(2) }));
    const blocked = appends[2]!.stream;
    await lockStream(blocked);
    const answers = Promise.all(appends.map(({ stream, events }) => log.store.append(stream, 'no-stream', events)));
    for (const pid of await waitingBackends()) await log.admin.query('SELECT pg_terminate_backend($1)', [pid]);
    await unlockStream(blocked);
    for (const answer of await answers) expect(answer.revision).toBe(1n);
    for (const { stream, events } of appends) expect(await log.idsIn(stream)).toEqual(idsOf(events));
  });

  it('does not wait for ever: it says that the outcome is unknown, and the same append finds out', async () => {
    const impatient = log.newStore({ append: { timeoutMs: 30, retries: 1, backoff: { firstMs: 1, capMs: 1 } } });
    const stream = newStream();
    const events = sampleEvents(2);
    await lockStream(stream);
    await expect(impatient.append(stream, 'no-stream', events)).rejects.toThrow(AppendOutcomeUnknown);
    await unlockStream(stream);
    expect((await impatient.append(stream, 'no-stream', events)).revision).toBe(1n);
    expect(await log.idsIn(stream)).toEqual(idsOf(events));
    await impatient.close();
  });

  it('answers what is on its way before it closes', async () => {
    const closing = log.newStore();
    const stream = newStream();
    const answer = closing.append(stream, 'no-stream', sampleEvents(1));
    await closing.close();
    expect(await log.store.streamRevision(stream)).toBe(0n);
    expect((await answer).revision).toBe(0n);
  });
});
