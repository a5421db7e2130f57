import type { Queryable } from '../platform/database';
import { countEffects, readUnknownEffects } from '../records/effects-told';
import { type QueueName, queueNames } from './queue-names';
import type { Queues } from './queues';

/** How a queue stands. */
export type QueueStatus = {
  readonly name: QueueName;
  readonly paused: boolean;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  /** How long the job that waits longest has waited, in milliseconds; 0 when none waits. */
  readonly oldestMs: number;
};

type JobsStatus = {
  readonly backend: Queues['backend'];
  readonly queues: readonly QueueStatus[];
  readonly effects: Awaited<ReturnType<typeof countEffects>>;
  /** The newest of the effects of which nobody knows whether they were made. */
  readonly unknownEffects: Awaited<ReturnType<typeof readUnknownEffects>>;
};

const SHOWN = 20;

/** @throws when the backend can't be reached */
export async function readJobsStatus(queues: Queues, db: Queryable): Promise<JobsStatus> {
  const [all, effects, unknownEffects] = await Promise.all([
    readQueues(queues),
    countEffects(db),
    readUnknownEffects(db, SHOWN),
  ]);
  return { backend: queues.backend, queues: all, effects, unknownEffects };
}

export function readQueues(queues: Queues): Promise<readonly QueueStatus[]> {
  return Promise.all(queueNames.map((name) => readQueue(queues, name)));
}

async function readQueue(queues: Queues, name: QueueName): Promise<QueueStatus> {
  const queue = queues.queue(name);
  const [counts, paused, [oldest]] = await Promise.all([
    queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
    queue.isPaused(),
    queue.getJobs(['waiting'], 0, 0, true),
  ]);
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
  // BullMQ stamps jobs by the system's clock.
  const oldestMs = oldest === undefined ? 0 : Math.max(0, Date.now() - oldest.timestamp);
  return { name, paused, waiting, active, delayed, failed, oldestMs };
}

/** Puts failed jobs back to be tried again, and answers how many there were. */
export async function retryFailed(queues: Queues, names: readonly QueueName[]): Promise<number> {
  let retried = 0;
  for (const name of names) {
    const { failed = 0 } = await queues.queue(name).getJobCounts('failed');
    await queues.queue(name).retryJobs({ state: 'failed' });
    retried += failed;
  }
  return retried;
}

/** Nothing of the queues is begun in any process until they are resumed; what is in progress is finished. */
export async function pauseQueues(queues: Queues, names: readonly QueueName[]): Promise<void> {
  for (const name of names) await queues.queue(name).pause();
}

export async function resumeQueues(queues: Queues, names: readonly QueueName[]): Promise<void> {
  for (const name of names) await queues.queue(name).resume();
}
