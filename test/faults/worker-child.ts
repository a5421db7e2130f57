import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { notifyDeps } from '../../src/composition/worker';
import { createPostgresEventStore } from '../../src/event-store/postgres/postgres-event-store';
import { startNotifications } from '../../src/jobs/notify/start';
import { openQueues } from '../../src/jobs/queues';
import { createPool } from '../../src/platform/database';
import { createLifecycle } from '../../src/platform/lifecycle';
import { createLogger } from '../../src/platform/logging';
import { readSettings } from '../../src/platform/settings';
import { createEffectLedger } from '../../src/records/effect-ledger';
import { createRandom } from '../support/random';

/**
 * A worker in a process of its own, to be killed: `<url of the database> <file of letters> <its present> <seed> [<url of
 * Redis>]`. A letter is a line of the file, written at some moment between the claim and the record.
 */
async function work(): Promise<void> {
  const [, , connectionString = '', letters = '', present = '', seed = '', redisUrl] = process.argv;
  const random = createRandom(Number(seed));
  const logger = createLogger('silent');
  const pool = createPool(connectionString, () => undefined);
  const store = createPostgresEventStore({ pool, connectionString });
  const deps = notifyDeps(
    {
      settings: readSettings({}),
      clock: { now: () => new Date(present) },
      logger,
      database: { pool, connectionString },
      store,
    },
    {
      channel: 'outbox',
      deliver: async ({ id, to, subject }) => {
        await sleep(random.below(40));
        appendFileSync(letters, `${id} ${to.address} ${subject}\n`);
        await sleep(random.below(40));
        return { outcome: 'sent' };
      },
    },
  );
  const queues = await openQueues({
    redisUrl,
    connectionString,
    pingDatabase: () => Promise.resolve(),
    logger,
    deadAfterMs: 1_000,
  });
  const ledger = createEffectLedger(pool, { deadAfterMs: 1_000, beatMs: 200 });
  const lifecycle = createLifecycle(() => logger);
  await startNotifications(queues, { ...deps, ledger }, lifecycle, 200);
}

void work();
