import { createPostgresBackend, Queue, Worker, type WorkerOptions } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';

/** A queue and its jobs, wherever BullMQ keeps them. */
export type AnyQueue = Queue<Readonly<Record<string, string>>, void>;
type AnyWorker = Worker<Readonly<Record<string, string>>, void>;
type Handler = ConstructorParameters<typeof Worker<Readonly<Record<string, string>>, void>>[1];
type WorkOptions = Omit<WorkerOptions, 'connection'>;

/** Where BullMQ keeps its jobs. The code above it is one and the same. */
export type Backend = {
  readonly kind: 'postgres' | 'redis';
  readonly queue: (name: string, jobs: { readonly defaultJobOptions: object }) => AnyQueue;
  readonly worker: (name: string, handle: Handler, options: WorkOptions) => AnyWorker;
  /** @throws when it can't be reached */
  readonly ping: () => Promise<void>;
  /** After everything that was made by it has been closed; one that is away is not waited for. */
  readonly close: (isAway: boolean) => Promise<void>;
};

/** The schema of BullMQ's tables, made and migrated by BullMQ itself. */
const SCHEMA = 'queues';
/** A queue adds and looks, a worker takes and finishes: neither needs many connections at once. */
const QUEUE_CONNECTIONS = 2;
const MOST_WORKER_CONNECTIONS = 8;

/**
 * BullMQ in Postgres: the embedded one or one's own.
 * @param ping asks the database something, on a connection of the program's own
 */
export function postgresBackend(connectionString: string, ping: () => Promise<void>): Backend {
  const connection = { connectionString, schema: SCHEMA, migrate: true, application_name: 'cairn jobs' };
  return {
    kind: 'postgres',
    queue: (name, options) =>
      // BullMQ's types tie a queue to one backend's class; what is used of it here is common to both.
      new Queue(
        name,
        { ...options, connection: { ...connection, max: QUEUE_CONNECTIONS } },
        createPostgresBackend,
      ) as unknown as AnyQueue,
    worker: (name, handle, options) => {
      const max = Math.min(MOST_WORKER_CONNECTIONS, (options.concurrency ?? 1) + 1);
      return new Worker(
        name,
        handle,
        { ...options, connection: { ...connection, max } },
        createPostgresBackend,
      ) as unknown as AnyWorker;
    },
    ping,
    close: () => Promise.resolve(),
  };
}

/** BullMQ on Redis. The braces keep a queue's keys on one node of a cluster. */
const PREFIX = '{cairn}';

/** @param connect a new connection; with null for the retries of a request, it waits for as long as it takes */
export function redisBackend(connect: (maxRetriesPerRequest: number | null) => Redis | Cluster): Backend {
  const opened: (Redis | Cluster)[] = [];
  const open = (retries: number | null): Redis | Cluster => {
    const client = connect(retries);
    // BullMQ tells of errors too; without a listener of its own the client would print them.
    client.on('error', () => undefined);
    opened.push(client);
    return client;
  };
  /** One connection for all queues, which answers with an error when Redis stays away. */
  let shared: Redis | Cluster | undefined;
  return {
    kind: 'redis',
    queue: (name, options) => new Queue(name, { ...options, prefix: PREFIX, connection: (shared ??= open(20)) }),
    worker: (name, handle, options) => new Worker(name, handle, { ...options, prefix: PREFIX, connection: open(null) }),
    ping: async () => {
      await (shared ??= open(20)).ping();
    },
    close: async (isAway) => {
      const leave = async (client: Redis | Cluster): Promise<void> => {
        if (!isAway) await client.quit().catch(() => undefined);
        client.disconnect();
      };
      await Promise.all(opened.map(leave));
    },
  };
}
