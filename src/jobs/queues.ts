import { readFileSync } from 'node:fs';
import { type Job as BullJob, UnrecoverableError } from 'bullmq';
import type { Logger } from '../platform/logging';
import { type AnyQueue, type Backend, postgresBackend, redisBackend } from './backend/backend';
import { parseRedisAddress } from './backend/redis-address';
import { connectRedis, probeRedis } from './backend/redis-client';
import { type QueueName, QUEUES, waitAfter } from './queue-names';

/** Ids and codes: what a job is about is looked up when it is worked. */
export type JobData = Readonly<Record<string, string>>;

export type NewJob = {
  /**
   * Derived from what the job is for. As long as a job of this id waits, runs or is kept as failed it is not added
   * again; one that is done is gone, and may be. Not made of digits alone, and without a colon.
   */
  readonly id: string;
  readonly data: JobData;
  /** 0 or more; default 0. */
  readonly delayMs?: number;
};

type Job = {
  readonly id: string;
  readonly data: JobData;
  /** From 1. */
  readonly attempt: number;
};

type Handler = (job: Job) => Promise<void>;

type WorkOptions = {
  /** How many jobs of the queue this process works at once. */
  readonly concurrency: number;
  /** Over all processes. */
  readonly rateLimit?: { readonly max: number; readonly perMs: number };
};

/** Thrown by a handler: the job is kept as failed at once, and not tried again by itself. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp';
}

export type Queues = {
  readonly backend: Backend['kind'];
  readonly add: (queue: QueueName, jobs: readonly NewJob[]) => Promise<void>;
  /**
   * Works the queue in this process from now on. A handler that throws is tried again as `QUEUES` says.
   */
  readonly work: (queue: QueueName, handle: Handler, options: WorkOptions) => Promise<void>;
  /**
   * A job of this id every so many milliseconds, at once first, however many processes work the queue. Called again, by
   * whichever process, it leaves one schedule with the newest period. Until the queues are closed it is looked after: a
   * schedule that the backend has lost is made again, and one that a clock put back has moved far away is drawn near.
   */
  readonly every: (queue: QueueName, id: string, everyMs: number) => Promise<void>;
  /** BullMQ's own object, for operators' tools. */
  readonly queue: (queue: QueueName) => AnyQueue;
  /** @throws when the backend can't be reached */
  readonly ping: () => Promise<void>;
  /** Jobs in progress are finished first, also when the backend is away and hears nothing of it. */
  readonly close: () => Promise<void>;
};

type QueuesOptions = {
  /** Undefined: in Postgres. May hold a password. */
  readonly redisUrl: string | undefined;
  readonly connectionString: string;
  /** Asks the database something. */
  readonly pingDatabase: () => Promise<void>;
  readonly logger: Logger;
  /** A worker without a sign of life for so many milliseconds leaves its jobs to another one; default 30 s. */
  readonly deadAfterMs?: number;
};

const DEAD_AFTER_MS = 30_000;

/** How many jobs go to the backend in one go. */
const BATCH = 500;

/**
 * The queues on the backend that the settings mean. Nothing is connected before it is used, but for one question to
 * Redis whether it is there. A backend that is lost later is connected to again; meanwhile jobs wait where they are.
 *
 * @throws StartError when Redis can't be used, within 10 seconds
 */
export async function openQueues(options: QueuesOptions): Promise<Queues> {
  const { redisUrl, connectionString, pingDatabase, logger, deadAfterMs = DEAD_AFTER_MS } = options;
  const backend = redisUrl === undefined ? postgresBackend(connectionString, pingDatabase) : await openRedis(redisUrl);
  const queues = new Map<QueueName, AnyQueue>();
  const workers: { readonly close: (isForced: boolean) => Promise<void> }[] = [];
  const schedules: NodeJS.Timeout[] = [];
  const onError = tellOnce(logger, backend.kind);

  const queue = (name: QueueName): AnyQueue => {
    const known = queues.get(name);
    if (known) return known;
    const { attempts, failedKept } = QUEUES[name];
    const defaultJobOptions = {
      attempts,
      backoff: { type: 'jittered' },
      removeOnComplete: true,
      removeOnFail: { count: failedKept },
    };
    const made = backend.queue(name, { defaultJobOptions });
    made.on('error', onError);
    queues.set(name, made);
    return made;
  };

  const inProgress = new Set<Promise<void>>();
  const work = async (name: QueueName, job: BullJob<JobData, void>, handle: Handler): Promise<void> => {
    try {
      await handle({ id: job.id ?? '', data: job.data, attempt: job.attemptsMade + 1 });
    } catch (error) {
      logger.warn({ err: error, queue: name, job: job.id, attempt: job.attemptsMade + 1 }, 'a job failed');
      throw error instanceof GiveUp ? new UnrecoverableError(error.message) : error;
    }
  };

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    schedules.forEach(clearInterval);
    // A worker takes its leave of the backend; one that is away it would wait for until it is back.
    const isAway = !(await answers(backend.ping));
    await Promise.all(workers.map((worker) => worker.close(isAway)));
    await Promise.allSettled(inProgress);
    if (!isAway) await Promise.all([...queues.values()].map((each) => each.close()));
    await backend.close(isAway);
  };

  return {
    backend: backend.kind,
    queue,
    ping: backend.ping,
    add: async (name, jobs) => {
      for (let from = 0; from < jobs.length; from += BATCH) {
        await queue(name).addBulk(
          jobs.slice(from, from + BATCH).map(({ id, data, delayMs = 0 }) => ({
            name,
            data,
            opts: { jobId: id, delay: delayMs },
          })),
        );
      }
    },
    work: async (name, handle, { concurrency, rateLimit }) => {
      const process = (job: BullJob<JobData, void>): Promise<void> => {
        const worked = work(name, job, handle).finally(() => inProgress.delete(worked));
        inProgress.add(worked);
        return worked;
      };
      const worker = backend.worker(name, process, {
        concurrency,
        ...(rateLimit ? { limiter: { max: rateLimit.max, duration: rateLimit.perMs } } : {}),
        settings: { backoffStrategy: (attempt) => waitAfter(name, attempt, Math.random()) },
        lockDuration: deadAfterMs,
        stalledInterval: deadAfterMs / 2,
        // A job is offered again by the sweep anyway; that its workers were killed again and again proves nothing against it.
        maxStalledCount: 100,
      });
      worker.on('error', onError);
      workers.push(worker);
      await worker.waitUntilReady();
    },
    every: async (name, id, everyMs) => {
      const schedule = (): Promise<void> => scheduleOn(queue(name), id, everyMs);
      await schedule();
      schedules.push(setInterval(() => void schedule().catch(onError), everyMs));
    },
    close: () => (closed ??= close()),
  };
}

/** BullMQ keeps a schedule's next time as it was reckoned, whatever the clock says since. */
async function scheduleOn(queue: AnyQueue, id: string, everyMs: number): Promise<void> {
  const known = await queue.getJobScheduler(id);
  if (known?.next !== undefined && known.next > Date.now() + everyMs) await queue.removeJobScheduler(id);
  await queue.upsertJobScheduler(id, { every: everyMs }, { name: id, data: {} });
}

async function openRedis(url: string): Promise<Backend> {
  const address = parseRedisAddress(url);
  const readCa = (file: string): string => readFileSync(file, 'utf8');
  await probeRedis(address, readCa);
  return redisBackend((maxRetriesPerRequest) => connectRedis(address, { maxRetriesPerRequest, readCa }));
}

const ANSWER_MS = 2_000;

async function answers(ping: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ANSWER_MS, false);
  });
  const asked = ping().then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => {
    clearTimeout(timer);
  });
}

const QUIET_MS = 10_000;

/** A backend that is away makes an error with every attempt on every connection: one line each while tells it. */
function tellOnce(logger: Logger, kind: Backend['kind']): (error: Error) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (performance.now() - toldAt < QUIET_MS) return;
    toldAt = performance.now();
    logger.warn({ err: error }, `the queues in ${kind === 'redis' ? 'Redis' : 'Postgres'} could not be reached`);
  };
}
