import { createLogger } from '../../../src/platform/logging';
import { createPool } from '../../../src/platform/database';
import { openQueues, type Queues } from '../../../src/jobs/queues';
import { createTestDatabase } from '../database';

/** The backends that can be tested here: Redis only where `REDIS_TEST_URL` names a server whose data may be thrown away. */
export const backends: readonly ('postgres' | 'redis')[] =
  process.env.REDIS_TEST_URL === undefined ? ['postgres'] : ['postgres', 'redis'];

export type TestQueues = {
  readonly open: () => Promise<Queues>;
  /** As an operator's mistake or a lost disk would. */
  readonly flush: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Empty queues on a backend; `open` as often as there are processes. */
export async function createTestQueues(kind: 'postgres' | 'redis'): Promise<TestQueues> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, () => undefined, 2);
  const logger = createLogger('silent');
  const redisUrl = kind === 'redis' ? process.env.REDIS_TEST_URL : undefined;
  const opened: Queues[] = [];
  const open = async (): Promise<Queues> => {
    const pingDatabase = async (): Promise<void> => {
      await pool.query('SELECT 1');
    };
    const queues = await openQueues({ redisUrl, connectionString: database.url, pingDatabase, logger });
    opened.push(queues);
    return queues;
  };
  const flush = async (): Promise<void> => {
    const queues = opened[0] ?? (await open());
    for (const name of ['sweeps', 'notifications', 'webhooks'] as const) {
      await queues.queue(name).obliterate({ force: true });
    }
  };
  if (kind === 'redis') await flush();
  return {
    open,
    flush,
    stop: async () => {
      await Promise.all(opened.map((queues) => queues.close()));
      await pool.end();
      await database.drop();
    },
  };
}
