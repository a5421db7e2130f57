import { Client, Pool } from 'pg';
import type { BulkEventStore, LogEvent } from '../../src/event-store/event-store';
import {
  createPostgresEventStore,
  migrateEventLog,
  type PostgresEventStoreOptions,
} from '../../src/event-store/postgres/postgres-event-store';
import { createDatabaseOn, createTestDatabase, type TestDatabase } from './database';
import { startOwnServer, type OwnServer } from './own-server';
import { collect, idsOf } from './sample-events';

/** A log of its own in Postgres, with a store on it. */
export type EventLog = {
  readonly url: string;
  readonly pool: Pool;
  /** A connection beside the pool. */
  readonly admin: Client;
  /** Never polls: only being told wakes its subscriptions. */
  readonly store: BulkEventStore;
  /** What the stores found wrong and went on from. */
  readonly problems: readonly Error[];
  /** A further store on the same log; the caller closes it. */
  newStore(options?: Partial<PostgresEventStoreOptions>): BulkEventStore;
  idsIn(stream: string): Promise<string[]>;
  readAll(): Promise<LogEvent[]>;
  close(): Promise<void>;
};

/**
 * On the run's server, whose other databases' open transactions hold back readers of the whole log for a moment; or on
 * a server of its own, where nobody does.
 */
export async function openEventLog(on: 'shared server' | 'own server'): Promise<EventLog> {
  const server = on === 'own server' ? await startOwnServer() : undefined;
  const database = server ? await createDatabaseOn(server.url) : await createTestDatabase();
  return openOn(database, server);
}

async function openOn(database: TestDatabase, server: OwnServer | undefined): Promise<EventLog> {
  const { url } = database;
  const pool = new Pool({ connectionString: url });
  pool.on('error', () => undefined);
  await migrateEventLog(pool);
  const admin = new Client({ connectionString: url });
  await admin.connect();
  const problems: Error[] = [];
  const newStore = (options: Partial<PostgresEventStoreOptions> = {}) =>
    createPostgresEventStore({
      pool,
      connectionString: url,
      pollMs: 3_600_000,
      reconnect: { firstMs: 5, capMs: 20 },
      onProblem: (error) => problems.push(error),
      ...options,
    });
  const store = newStore();
  return {
    url,
    pool,
    admin,
    store,
    problems,
    newStore,
    idsIn: async (stream) => idsOf(await collect(store.readStream(stream))),
    readAll: () => collect(store.readAll()),
    close: async () => {
      await store.close();
      await admin.end();
      await pool.end();
      await database.drop();
      await server?.stop();
    },
  };
}
