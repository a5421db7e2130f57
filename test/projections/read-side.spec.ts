import { setTimeout as delay } from 'node:timers/promises';
import { projections } from '../../projections';
import { createProjectionEngine } from '../../projections/engine/engine';
import { createReadSide, type ReadSide } from '../../projections/engine/read-side';
import { formatPosition } from '../../src/event-store/position';
import { movableClock } from '../../src/platform/clock';
import { historyOf } from '../support/histories';
import { openReadModels, quiet, type ReadModels } from '../support/read-models';

describe('the read side', () => {
  let models: ReadModels;
  let readSide: ReadSide;
  const clock = movableClock(new Date('2030-01-01T00:00:00.000Z'));
  const history = historyOf({ seed: 3, length: 40 });
  const [first, second] = [history.events.slice(0, 30), history.events.slice(30)];

  beforeAll(async () => {
    models = await openReadModels();
    await models.store.append(history.stream, 'no-stream', first);
    await models.project();
  });
  afterAll(() => models.close());
  beforeEach(() => {
    const { pool, store } = models;
    // The poll is far away: whoever is answered was woken.
    readSide = createReadSide({ pool, store, projections, clock, pollMs: 600_000 });
  });
  afterEach(() => readSide.close());

  const running = async (work: () => Promise<void>): Promise<void> => {
    const { pool, store } = models;
    const stop = new AbortController();
    const engine = createProjectionEngine({ pool, store, projections, timeZone: 'UTC', logger: quiet });
    const run = engine.run(stop.signal);
    await work();
    stop.abort();
    await run;
  };

  it('answers at once for what it has passed', async () => {
    const head = await models.store.head();
    expect(await readSide.waitUntil(head!, 5000)).toBe(true);
    const queries = jest.spyOn(models.pool, 'query');
    expect(await readSide.waitUntil(head!, 0)).toBe(true);
    expect(queries).not.toHaveBeenCalled();
    queries.mockRestore();
    expect(await readSide.position()).toEqual({ position: formatPosition(head!), lagMs: 0 });
  });

  it('gives up in time while nobody projects, and shows a lag that grows', async () => {
    const { position } = await models.store.append(history.stream, 29n, second);
    expect(await readSide.waitUntil(position, 50)).toBe(false);
    const oldest = Date.parse(second[0]!.metadata.recordedAt);
    expect((await readSide.position()).lagMs).toBe(clock.now().getTime() - oldest);
    clock.advance(60_000);
    await delay(80);
    expect((await readSide.position()).lagMs).toBe(clock.now().getTime() - oldest);
    for (const { lagEvents, lagMs } of await readSide.status()) {
      expect([lagEvents, lagMs]).toEqual([10, clock.now().getTime() - oldest]);
    }
  });

  it('is woken by the projector, however many wait', async () => {
    const head = await models.store.head();
    const waiting = Promise.all(Array.from({ length: 2000 }, () => readSide.waitUntil(head!, 20_000)));
    await running(async () => {
      expect(new Set(await waiting)).toEqual(new Set([true]));
    });
    expect(await readSide.position()).toEqual({ position: formatPosition(head!), lagMs: 0 });
  });

  it('goes on waking after its connection was cut', async () => {
    const short = createReadSide({ ...models, projections, clock, pollMs: 20 });
    const far = { commit: 10n ** 18n, prepare: 0n };
    const waiting = short.waitUntil(far, 300);
    await delay(50);
    await models.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE 'LISTEN cairn_projections%'`,
    );
    expect(await waiting).toBe(false);
    expect(await short.waitUntil((await models.store.head())!, 5000)).toBe(true);
    await short.close();
  });

  it('answers those who wait when it closes', async () => {
    const waiting = readSide.waitUntil({ commit: 10n ** 18n, prepare: 0n }, 60_000);
    await readSide.close();
    expect(await waiting).toBe(false);
  });

  it('names those that have stopped without a look at the log', async () => {
    const { pool, store } = models;
    const stopTwo = "UPDATE projections.checkpoints SET state = $1, error = $2 WHERE name IN ('notes', 'audit')";
    expect(await readSide.stopped()).toEqual([]);
    await pool.query(stopTwo, ['stopped', 'It could not be projected']);
    const looks = [jest.spyOn(store, 'head'), jest.spyOn(store, 'countAfter'), jest.spyOn(store, 'readAll')];
    const inOrder = projections.map(({ name }) => name).filter((name) => name === 'notes' || name === 'audit');
    expect(await readSide.stopped()).toEqual(inOrder);
    for (const look of looks) {
      expect(look).not.toHaveBeenCalled();
      look.mockRestore();
    }
    await pool.query(stopTwo, ['live', null]);
  });

  it('shows each projection, and a reader that has gone silent', async () => {
    await running(async () => {
      const { stream, events } = historyOf({ seed: 4, length: 5 });
      const { position } = await models.store.append(stream, 'no-stream', events);
      expect(await readSide.waitUntil(position, 20_000)).toBe(true);
      while ((await readSide.status()).some(({ reader }) => reader.state !== 'live')) await delay(10);
    });
    const status = await readSide.status();
    expect(status.map(({ name }) => name)).toEqual(projections.map(({ name }) => name));
    expect(status[0]).toMatchObject({
      version: 1,
      lagEvents: 0,
      lagMs: 0,
      parked: 0,
      state: 'live',
      reader: { state: 'live', attempts: 0, lastError: null },
    });
    await models.pool.query("UPDATE projections.checkpoints SET heartbeat_at = now() - interval '1 minute'");
    const silent = (await readSide.status())[0]?.reader;
    expect(silent?.state).toBe('reconnecting');
    expect(silent?.lastError).toContain('no sign of life');
  });
});
