import { projections } from '../../projections';
import { createProjectionEngine } from '../../projections/engine/engine';
import { columnsOf } from '../../projections/engine/table';
import { engagementCatalogue } from '../../src/engagement/catalogue';
import { participantCatalogue } from '../../src/participants/events';
import { describeDifference } from '../../src/verification/difference';
import { verifiedModels } from '../../src/verification/models';
import { readCheckpoints } from '../../src/verification/reached';
import type { Verification } from '../../src/verification/verification';
import { verifyAll, verifySample, type Progress } from '../../src/verification/verify';
import { decidedHistories } from '../support/decided-histories';
import { historyOf } from '../support/histories';
import { personHistory } from '../support/people';
import { openReadModels, quiet, type ReadModels } from '../support/read-models';

describe('rows that projections made', () => {
  const decidedOnes = decidedHistories(100, { seed: 20, tenantId: 'decided' });
  const histories = [
    ...Array.from({ length: 60 }, (_, seed) => historyOf({ seed: seed + 1, length: 20 + seed * 4 })),
    ...decidedOnes,
  ];
  const people = Array.from({ length: 20 }, (_, seed) => personHistory(seed + 1, 'firm'));
  const all = [...histories, ...people];
  const later = Array.from({ length: 5 }, (_, seed) => historyOf({ seed: seed + 500, length: 30 }));

  let models: ReadModels;
  let verification: Verification;

  beforeAll(async () => {
    models = await openReadModels();
    const { pool, store } = models;
    verification = { pool, store, timeZone: 'UTC', readReached: readCheckpoints };
    await models.play(all);
    await models.project({ batchSize: 97 });
  });
  afterAll(() => models.close());

  it('equal the log', async () => {
    const progress: Progress[] = [];
    const verified = await verifyAll(verification, { onProgress: (one) => progress.push(one) });
    expect(verified.differences.map((one) => describeDifference(one))).toEqual([]);
    expect(verified).toMatchObject({ streams: all.length, differing: 0 });
    const counts = verifiedModels.flatMap(({ tables }) => tables.map(({ name }) => `(SELECT count(*) FROM ${name})`));
    const { rows } = await models.pool.query(`SELECT ${counts.join(' + ')} AS rows`);
    expect(verified.rows).toBe(Number(rows[0].rows));
    expect(verified.values).toBeGreaterThan(10 * verified.rows);
    const shares = progress.flatMap(({ phase, share }) => (phase === 'comparing' ? (share ?? NaN) : []));
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('are made of every kind of event', () => {
    const types = new Set(all.flatMap(({ events }) => events.map(({ type }) => type)));
    expect(types).toEqual(new Set([...Object.keys(engagementCatalogue), ...Object.keys(participantCatalogue)]));
    const decided = new Set(decidedOnes.flatMap(({ events }) => events.map(({ type }) => type)));
    expect(decided.size).toBeGreaterThan(35);
  });

  it('are those of every table of every projection, with every column that the database has', async () => {
    const tablesOf = (models: readonly { name: string; tables: readonly { name: string }[] }[]) =>
      Object.fromEntries(models.map(({ name, tables }) => [name, tables.map((table) => table.name)]));
    expect(tablesOf(verifiedModels)).toEqual(tablesOf(projections));
    const { rows } = await models.pool.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'read_model' AND table_name IN (SELECT relname FROM pg_class WHERE relkind = 'r')`,
    );
    const compared = verifiedModels
      .flatMap(({ tables }) => tables)
      .flatMap((table) => columnsOf(table).map(({ column }) => `${table.name}.${column}`));
    expect(new Set(compared.map((name) => name.replaceAll(/"|read_model\./g, '')))).toEqual(
      new Set(rows.map(({ name }) => name)),
    );
  });

  it('are compared by the days of the time zone that they were made with', async () => {
    const [difference] = (await verifyAll({ ...verification, timeZone: 'Pacific/Kiritimati' })).differences;
    expect(difference).toMatchObject({ kind: 'value', projection: 'overview', column: 'active_from' });
  });

  it('are compared in samples: the same ones for a seed, others for another', async () => {
    const sampleBy = async (seed: number): Promise<string[]> => {
      const asked: string[] = [];
      const store: Verification['store'] = {
        ...models.store,
        readStream: (stream, options) => {
          asked.push(stream);
          return models.store.readStream(stream, options);
        },
      };
      expect(await verifySample({ ...verification, store }, 12, seed)).toMatchObject({ streams: 12, differing: 0 });
      return asked;
    };
    const [one, again, other] = [await sampleBy(1), await sampleBy(1), await sampleBy(2)];
    expect(again).toEqual(one);
    expect(new Set([...one, ...other]).size).toBeGreaterThan(12);
    expect(await verifySample(verification, 1_000, 1)).toMatchObject({ streams: all.length, differing: 0 });
  });

  it('are compared until the caller has seen enough', async () => {
    const enough = new AbortController();
    const { streams } = await verifyAll(verification, {
      signal: enough.signal,
      onProgress: () => {
        enough.abort();
      },
    });
    expect(streams).toBe(50);
  });

  it('equal the log at every instant, also while they are made', async () => {
    const projecting = new AbortController();
    const engine = createProjectionEngine({ ...models, projections, timeZone: 'UTC', logger: quiet, batchSize: 3 });
    const running = engine.run(projecting.signal);
    const playing = models.play(later);
    let verified = await verifyAll(verification);
    const streams = all.length + later.length;
    for (let rounds = 1; rounds < 200; rounds += 1) {
      expect(verified.differences.map((one) => describeDifference(one))).toEqual([]);
      const { rows } = await models.pool.query('SELECT count(*) AS events FROM read_model.audit');
      const isDone = Number(rows[0].events) === [...histories, ...later].flatMap(({ events }) => events).length;
      if (isDone && verified.streams === streams) break;
      verified = await verifyAll(verification);
    }
    await playing;
    projecting.abort();
    await running;
    expect(verified.streams).toBe(streams);
  });
});
