import { setTimeout as sleep } from 'node:timers/promises';
import { notifyDeps } from '../../../src/composition/worker';
import type { NotifyDeps } from '../../../src/jobs/notify/deps';
import { offerDue, startNotifications } from '../../../src/jobs/notify/start';
import { sweep } from '../../../src/jobs/notify/sweep';
import type { Queues } from '../../../src/jobs/queues';
import type { Clock } from '../../../src/platform/clock';
import { createLifecycle, type Lifecycle } from '../../../src/platform/lifecycle';
import { createLogger } from '../../../src/platform/logging';
import { readSettings } from '../../../src/platform/settings';
import type { DueFirm } from './due-firm';

/** How often the workers ask what is due: faults are to meet many sweeps. */
const SWEEP_MS = 100;

/** Workers that write down what they send, as if each were a process of its own. */
export type DueWorkers = {
  /** What was sent so far, as `address subject`. */
  readonly letters: string[];
  /** How long a letter takes, in milliseconds. */
  letterMs: () => number;
  /** One more, on queues of its own, which it closes. */
  readonly start: (queues: Queues) => Promise<void>;
  /** Offers what is due, beside the workers' own sweeps. */
  readonly offer: (queues: Queues) => Promise<void>;
  /** Resolves when nothing is due any more, and nothing waits or is worked. */
  readonly idle: (queues: Queues) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function createDueWorkers({ models }: DueFirm, clock: Clock): DueWorkers {
  const { pool, store, url } = models;
  const lifecycles: Lifecycle[] = [];
  const workers: Pick<DueWorkers, 'letters' | 'letterMs'> = { letters: [], letterMs: () => 5 };
  const logger = createLogger('silent');
  const database = { pool, connectionString: url };
  const depsOfOne = (): NotifyDeps =>
    notifyDeps(
      { settings: readSettings({}), clock, logger, database, store },
      {
        channel: 'outbox',
        deliver: async ({ to, subject }) => {
          await sleep(workers.letterMs());
          workers.letters.push(`${to.address} ${subject}`);
          return { outcome: 'sent' };
        },
      },
    );
  const own = depsOfOne();

  return Object.assign(workers, {
    start: async (queues: Queues) => {
      const lifecycle = createLifecycle(() => logger);
      lifecycles.push(lifecycle);
      await startNotifications(queues, depsOfOne(), lifecycle, SWEEP_MS);
    },
    offer: (queues: Queues) => offerDue(queues, own),
    idle: async (queues: Queues) => {
      for (;;) {
        const {
          waiting = 0,
          active = 0,
          delayed = 0,
        } = await queues.queue('notifications').getJobCounts('waiting', 'active', 'delayed');
        if (waiting + active + delayed === 0 && (await sweep(own)).length === 0) return;
        await sleep(20);
      }
    },
    stop: async () => {
      await Promise.all(lifecycles.map((lifecycle) => lifecycle.stop()));
      await own.ledger.close();
    },
  });
}
