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

/** @throws when the backend can't be reached */
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
