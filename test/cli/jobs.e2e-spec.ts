import { openQueues, type Queues } from '../../src/jobs/queues';
import { createLogger } from '../../src/platform/logging';
import { createPool, type Pool } from '../../src/platform/database';
import { runCli } from '../support/cli-process';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('cairn jobs', () => {
  let database: TestDatabase;
  let pool: Pool;
  let queues: Queues;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, () => undefined, 2);
    queues = await openQueues({
      redisUrl: undefined,
      connectionString: database.url,
      pingDatabase: () => pool.query('SELECT 1').then(() => undefined),
      logger: createLogger('silent'),
    });
  }, 60_000);
  afterAll(async () => {
    await queues.close();
    await pool.end();
    await database.drop();
  });

  const cli = (...args: string[]) =>
    runCli(['jobs', ...args], { DATABASE_URL: database.url, REDIS_URL: '', LOG_LEVEL: '' });
  const lineOf = async (queue: string) => {
    const { code, out } = await cli('status');
    expect(code).toBe(0);
    return out
      .split('\n')
      .find((line) => line.startsWith(queue))!
      .split(/ {2,}/);
  };

  it('shows how the queues stand, and the effects of unknown outcome', async () => {
    await queues.add('notifications', [
      { id: 'one', data: {} },
      { id: 'two', data: {}, delayMs: 3_600_000 },
    ]);
    expect((await lineOf('notifications')).slice(0, 6)).toEqual(['notifications', 'working', '1', '0', '1', '0']);
    const before = await cli('status');
    expect(before.out).toContain('The queues are in Postgres.');
    expect(before.out).toContain('Effects: 0 in progress, 0 failed, 0 of unknown outcome.');
    await pool.query(
      `INSERT INTO records.effects (tenant, effect_key, to_id, channel, rule, state, problem, at, claimed_by)
       VALUES ('acme', 'k', 'someone', 'mail', 'digest', 'unknown', 'timeout', '2026-04-01T09:00:00Z', gen_random_uuid())`,
    );
    const after = await cli('status');
    expect(after.out).toContain('1 of unknown outcome');
    expect(after.out).toMatch(/2026-04-01T09:00:00\.000Z +digest +someone +acme +timeout/);
  }, 60_000);

  it('pauses what it is told to, and goes on', async () => {
    const paused = await cli('pause', 'notifications');
    expect([paused.code, paused.out]).toEqual([0, 'Paused: notifications. cairn jobs resume goes on.\n']);
    expect(await queues.queue('notifications').isPaused()).toBe(true);
    expect(await queues.queue('sweeps').isPaused()).toBe(false);
    expect((await lineOf('notifications'))[1]).toBe('paused');
    expect((await cli('resume')).out).toContain('Going on: ');
    expect(await queues.queue('notifications').isPaused()).toBe(false);
  }, 60_000);

  it('tries again what was given up', async () => {
    const failed = new Promise<void>((resolve) => {
      void queues.work(
        'sweeps',
        () => {
          setImmediate(resolve);
          return Promise.reject(new Error('not today'));
        },
        { concurrency: 1 },
      );
    });
    await queues.add('sweeps', [{ id: 'daily', data: {} }]);
    await failed;
    while ((await queues.queue('sweeps').getJobCounts('failed')).failed === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // Nobody works it meanwhile, so that what is put back can be seen.
    await cli('pause', 'sweeps');
    expect((await cli('retry', 'sweeps')).out).toBe('1 failed job is tried again.\n');
    expect((await queues.queue('sweeps').getJobCounts('failed')).failed).toBe(0);
    expect((await cli('retry')).out).toBe('0 failed jobs are tried again.\n');
  }, 60_000);
});
