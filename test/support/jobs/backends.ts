import { Redis } from 'ioredis';
import { createLogger } from '../../../src/platform/logging';
import { createPool } from '../../../src/platform/database';
import { openQueues, type Queues } from '../../../src/jobs/queues';
import { createTestDatabase } from '../database';

/** The backends that can be tested here: Redis only where `REDIS_TEST_URL` names a server whose data may be thrown away. */
export const backends: readonly ('postgres' | 'redis')[] =
  process.env.REDIS_TEST_URL === undefined ? ['postgres'] : ['postgres', 'redis'];

/** What was worked by one that is gone is worked by another so soon, in milliseconds. */
const DEAD_AFTER_MS = 1_000;

export type TestQueues = {
  readonly open: () => Promise<Queues>;
  /** Everything that the backend keeps of the queues is gone, as by an operator's mistake or a lost disk. */
  readonly flush: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Each process of the tests has a database of its own in Redis. */
export function testRedisUrl(): string {
  const url = new URL(process.env.REDIS_TEST_URL ?? '');
  url.pathname = `/${process.env.JEST_WORKER_ID ?? '0'}`;
  return url.href;
}

export async function flushTestRedis(): Promise<void> {
  const redis = new Redis(testRedisUrl());
  await redis.flushdb();
  redis.disconnect();
}

/**
 * Empty queues on a backend; `open` as often as there are processes.
 * @param redisUrl instead of `REDIS_TEST_URL`
 */
export async function createTestQueues(kind: 'postgres' | 'redis', redisUrl?: string): Promise<TestQueues> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, () => undefined, 2);
  const logger = createLogger('silent');
  const redis = kind === 'redis' ? new Redis(redisUrl ?? testRedisUrl()) : undefined;
  // A server that a test kills is missed by those who are tested.
  redis?.on('error', () => undefined);
  const opened: Queues[] = [];
  const open = async (): Promise<Queues> => {
    const pingDatabase = async (): Promise<void> => {
      await pool.query('SELECT 1');
    };
    const queues = await openQueues({
      redisUrl: redis && (redisUrl ?? testRedisUrl()),
      connectionString: database.url,
      pingDatabase,
      logger,
      deadAfterMs: DEAD_AFTER_MS,
    });
    opened.push(queues);
    return queues;
  };
  const flush = async (): Promise<void> => {
    if (redis) await redis.flushdb();
    else await pool.query('TRUNCATE queues.job, queues.scheduler, queues.meta, queues.rate_limit CASCADE');
  };
  await redis?.flushdb();
  return {
    open,
    flush,
    stop: async () => {
      await Promise.all(opened.map((queues) => queues.close()));
      redis?.disconnect();
      await pool.end();
      await database.drop();
    },
  };
}
