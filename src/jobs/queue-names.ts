/** How a queue treats a job whose handler throws: tried again after growing, jittered waits, then kept as failed. */
type QueueManners = {
  /** How often a job is tried at most. */
  readonly attempts: number;
  /** The wait after the first failure, which doubles with each further one, in milliseconds. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Failed jobs are kept to be seen and retried, up to so many. */
  readonly failedKept: number;
};

/** Every queue there is. A job only says where to look: what it is for is derived again from tables and the log. */
export const QUEUES = {
  /** A failed sweep is followed by the next one. */
  sweeps: { attempts: 1, firstWaitMs: 0, longestWaitMs: 0, failedKept: 20 },
  /** About a day and a half: for as long as a mail server may be away. */
  notifications: { attempts: 150, firstWaitMs: 5_000, longestWaitMs: 900_000, failedKept: 10_000 },
  /** Their retries over days are kept in a table; this is for faults of ours. */
  webhooks: { attempts: 5, firstWaitMs: 1_000, longestWaitMs: 60_000, failedKept: 10_000 },
} as const satisfies Readonly<Record<string, QueueManners>>;

export type QueueName = keyof typeof QUEUES;

export const queueNames = Object.keys(QUEUES) as readonly QueueName[];

/**
 * The wait before a job is tried again, in milliseconds: doubled each time up to the longest, of which a random half is
 * taken off, so that what failed together does not come back together.
 *
 * @param attempt how often it has failed, from 1
 * @param random from 0 up to, but not including, 1
 */
export function waitAfter(queue: QueueName, attempt: number, random: number): number {
  const { firstWaitMs, longestWaitMs } = QUEUES[queue];
  const whole = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(whole * (1 - random / 2));
}
