import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { createPool } from '../platform/database';
import { applyIdempotencySchema, createIdempotencyRecords } from './idempotency';
import { thinKeysDaily } from './key-thinning';

const DAY_MS = 86_400_000;

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, () => undefined);
  await applyIdempotencySchema(pool);
});

beforeEach(() => pool.query('DELETE FROM records.idempotency'));

afterEach(() => {
  jest.useRealTimers();
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const unexpected = (error: unknown): void => {
  throw error;
};

/** A key that was claimed so many days ago, with its answer or in progress. */
async function keyOfAge(days: number, key: string, isAnswered = true): Promise<void> {
  const outcome = await createIdempotencyRecords({ pool }).claim(
    { tenantId: 'acme', callerId: randomUUID(), key },
    'd',
  );
  if (outcome.kind !== 'claimed') throw new Error(`It is ${outcome.kind}.`);
  if (isAnswered) await outcome.claim.keep({ status: 200, headers: {}, body: '{}' });
  await pool.query(
    `UPDATE records.idempotency SET claimed_at = clock_timestamp() - $1 * interval '1 day' WHERE key = $2`,
    [days, key],
  );
}

async function keys(): Promise<readonly string[]> {
  const { rows } = await pool.query<{ key: string }>('SELECT key FROM records.idempotency ORDER BY key');
  return rows.map(({ key }) => key);
}

/** Waits until these keys are left; a test whose keys do not become these never ends. */
async function becomes(expected: readonly string[]): Promise<void> {
  while ((await keys()).join() !== expected.join()) await new Promise((resolve) => setImmediate(resolve));
}

describe('thinning', () => {
  it('deletes keys after 30 days, in as many batches as it takes, and none that is held', async () => {
    for (const [at, days] of [31, 40, 400, 31, 31].entries()) await keyOfAge(days, `old ${at}`);
    await keyOfAge(29, 'young');
    await keyOfAge(31, 'held', false);
    const end = thinKeysDaily(pool, unexpected, 2);
    await becomes(['held', 'young']);
    await end();
  });

  it('is done again each day, until it is ended', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'setTimeout', 'performance', 'Date'] });
    await keyOfAge(31, 'oldest');
    const end = thinKeysDaily(pool, unexpected);
    await becomes([]);
    await keyOfAge(31, 'old');
    jest.advanceTimersByTime(DAY_MS);
    await becomes([]);
    await end();
    await keyOfAge(31, 'old');
    jest.advanceTimersByTime(DAY_MS);
    await end();
    expect(await keys()).toEqual(['old']);
  });

  it('that fails says so, and ends nothing else', async () => {
    const gone = createPool(database.url, () => undefined);
    await gone.end();
    const problems: unknown[] = [];
    await thinKeysDaily(gone, (error) => problems.push(error))();
    expect(problems).toHaveLength(1);
  });

  it('finds the old keys by an index', async () => {
    const { rows } = await pool.query<{ indexdef: string }>(
      `SELECT indexdef FROM pg_indexes WHERE schemaname = 'records' AND indexdef LIKE '%(claimed_at)'`,
    );
    expect(rows).toHaveLength(1);
  });
});
