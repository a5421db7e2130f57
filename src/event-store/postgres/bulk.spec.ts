import { openEventLog, type EventLog } from '../../../test/support/event-log';
import { collect, idsOf, newStream, sampleEvent, sampleEvents } from '../../../test/support/sample-events';

describe('loading many streams into the log in Postgres', () => {
  let log: EventLog;
  beforeAll(async () => {
    log = await openEventLog('shared server');
  }, 30_000);
  afterAll(() => log.close());

  it('appends to new and old streams and answers for each', async () => {
    const [fresh, old] = [newStream(), newStream()];
    const first = sampleEvents(1);
    await log.store.append(old, 'no-stream', first);
    const [a, b] = [
      [sampleEvent({ text: 'tab\t, line\n, \\N, \\., "quoted", Grüße 👋', big: '9007199254740993' })],
      sampleEvents(3),
    ];
    const answers = await log.store.appendMany([
      { stream: fresh, expectedRevision: 'no-stream', events: a },
      { stream: old, expectedRevision: 0n, events: b },
    ]);
    const [storedA, storedB] = [await collect(log.store.readStream(fresh)), await collect(log.store.readStream(old))];
    expect(storedA).toMatchObject(a);
    expect(idsOf(storedB)).toEqual(idsOf([...first, ...b]));
    expect(answers).toEqual([
      { revision: 0n, position: storedA[0]?.position },
      { revision: 3n, position: storedB[3]?.position },
    ]);
    expect(await log.store.appendMany([])).toEqual([]);
  });

  it('writes all or nothing', async () => {
    const [fresh, taken] = [newStream(), newStream()];
    await log.store.append(taken, 'no-stream', sampleEvents(1));
    const load = (expectedRevision: bigint | 'no-stream') =>
      log.store.appendMany([
        { stream: fresh, expectedRevision: 'no-stream', events: sampleEvents(2) },
        { stream: taken, expectedRevision, events: sampleEvents(2) },
      ]);
    await expect(load('no-stream')).rejects.toMatchObject({
      name: 'WrongExpectedRevision',
      stream: taken,
      actual: 0n,
    });
    await expect(load(5n)).rejects.toMatchObject({ name: 'WrongExpectedRevision', stream: taken });
    expect(await log.idsIn(fresh)).toEqual([]);
  });

  it('gives the first answer to the same call again', async () => {
    const appends = Array.from({ length: 3 }, () => ({
      stream: newStream(),
      expectedRevision: 'no-stream' as const,
      events: sampleEvents(4),
    }));
    const answers = await log.store.appendMany(appends);
    await log.store.append(appends[1]!.stream, 3n, sampleEvents(1));
    expect(await log.store.appendMany(appends)).toEqual(answers);
  });

  it('lets one of two loads win that want the same streams, whole', async () => {
    const streams = Array.from({ length: 20 }, newStream);
    const loads = [1, 2].map(() =>
      streams.map((stream) => ({ stream, expectedRevision: 'no-stream' as const, events: sampleEvents(50) })),
    );
    const results = await Promise.allSettled(loads.map((load) => log.store.appendMany(load)));
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const won = loads[results.findIndex((result) => result.status === 'fulfilled')]!;
    for (const { stream, events } of won) expect(await log.idsIn(stream)).toEqual(idsOf(events));
  });

  it('goes on when the server refuses a load while it is still being sent', async () => {
    const events = [...sampleEvents(5), sampleEvent({}, { eventId: 'no uuid' }), ...sampleEvents(5000)];
    const stream = newStream();
    const load = () => log.store.appendMany([{ stream, expectedRevision: 'no-stream', events }]);
    await expect(load()).rejects.toThrow('invalid input syntax for type uuid');
    expect((await log.store.append(stream, 'no-stream', sampleEvents(1))).revision).toBe(0n);
  });
});
