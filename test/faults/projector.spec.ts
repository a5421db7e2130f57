import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projections } from '../../projections';
import { createProjectionEngine } from '../../projections/engine/engine';
import { createReadSide } from '../../projections/engine/read-side';
import { historyOf } from '../support/histories';
import { createRandom } from '../support/random';
import { contentOf, emptyReadModels, openReadModels, quiet, type ReadModels } from '../support/read-models';

const isFull = process.env.CAIRN_FAULTS === 'full';
const KILLS = isFull ? 200 : 5;
const CUTS = isFull ? 50 : 10;
const BATCH = 20;

describe('a projector that fails at any moment', () => {
  let models: ReadModels;
  let reference: Readonly<Record<string, string>>;
  const random = createRandom(7);

  beforeAll(async () => {
    models = await openReadModels();
    await models.play(Array.from({ length: 40 }, (_, seed) => historyOf({ seed: seed + 1, length: 50 })));
    await models.project();
    reference = await contentOf(models.pool);
  }, 60_000);
  afterAll(() => models.close());
  beforeEach(() => emptyReadModels(models.pool));

  /** How many events of the log the slowest projection has had. */
  const eventsDone = async (): Promise<number> => {
    const { rows } = await models.pool.query<{ done: number }>(
      'SELECT count(*)::integer AS done FROM read_model.audit',
    );
    return rows[0]?.done ?? 0;
  };

  it(
    `has the same rows after kill -9, ${KILLS} times`,
    async () => {
      const stops = new Set<number>();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const child = spawn(
          process.execPath,
          ['-r', './test/support/swc-register.cjs', 'test/faults/projector-child.ts', models.url, String(BATCH)],
          { cwd: join(__dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] },
        );
        await once(child.stdout, 'data');
        await delay(random.below(250));
        child.kill('SIGKILL');
        await once(child, 'exit');
        const done = await eventsDone();
        if (done === 2000) await emptyReadModels(models.pool);
        else stops.add(done);
      }
      expect(stops.size).toBeGreaterThan(1);
      await models.project();
      expect(await contentOf(models.pool)).toEqual(reference);
    },
    KILLS * 20_000,
  );

  it(
    `has the same rows after ${CUTS} cuts of every connection`,
    async () => {
      const { pool, store } = models;
      const stop = new AbortController();
      const engine = createProjectionEngine({
        pool,
        store,
        projections,
        timeZone: 'UTC',
        logger: quiet,
        batchSize: BATCH,
      });
      const running = engine.run(stop.signal);
      for (let cut = 0; cut < CUTS; cut += 1) {
        await delay(random.below(150));
        await pool
          .query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()`,
          )
          .catch(() => undefined);
      }
      const readSide = createReadSide({ pool, store, projections, clock: { now: () => new Date() } });
      const head = await store.head();
      expect(head && (await readSide.waitUntil(head, 60_000))).toBe(true);
      expect((await readSide.status()).map(({ state, lagEvents }) => ({ state, lagEvents }))).toEqual(
        projections.map(() => ({ state: 'live', lagEvents: 0 })),
      );
      await readSide.close();
      stop.abort();
      await running;
      expect(await contentOf(pool)).toEqual(reference);
    },
    CUTS * 10_000 + 60_000,
  );
});
