import { Client, Pool } from 'pg';
import type { Append } from '../../src/event-store/event-store';
import { createPostgresEventStore, migrateEventLog } from '../../src/event-store/postgres/postgres-event-store';
import { startOwnServer } from '../support/own-server';
import { startProxy } from '../support/tcp-proxy';
import { describeEventStore } from './event-store.contract';
import type { EventStoreHarness, OpenWriter } from './event-store/harness';

const AN_HOUR = 3_600_000;

/** A server of its own: an open transaction holds back the readers of all its databases. */
async function openHarness(): Promise<EventStoreHarness> {
  const server = await startOwnServer();
  const pools: Pool[] = [];
  const newPool = (url: string): Pool => {
    const pool = new Pool({ connectionString: url });
    pool.on('error', () => undefined);
    pools.push(pool);
    return pool;
  };
  const newStore = (url: string) =>
    createPostgresEventStore({
      pool: newPool(url),
      connectionString: url,
      pollMs: AN_HOUR,
      reconnect: { firstMs: 5, capMs: 20 },
      append: { retries: 3, backoff: { firstMs: 5, capMs: 20 } },
    });

  await migrateEventLog(newPool(server.url));
  const proxy = await startProxy(server.url);
  const store = newStore(server.url);
  const network = { ...proxy, store: newStore(proxy.url) };
  return {
    store,
    another: () => newStore(server.url),
    openWriter: (append) => openWriter(server.url, append),
    network,
    close: async () => {
      await Promise.all([store.close(), network.store.close()]);
      await Promise.all(pools.map((pool) => pool.end()));
      await proxy.close();
      await server.stop();
    },
  };
}

async function openWriter(url: string, append: Append): Promise<OpenWriter> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  for (const [index, event] of append.events.entries()) {
    const { rows } = await client.query<{ place: string | null }>(
      'SELECT event_log.append_one($1, $2, $3, $4, $5, $6, $7) AS place',
      [append.stream, index - 1, event.eventId, event.type, event.schemaVersion, event.data, event.metadata],
    );
    if (rows[0]?.place === null) throw new Error('The open writer was refused');
  }
  const end = async (how: 'COMMIT' | 'ROLLBACK') => {
    await client.query(how);
    await client.end();
  };
  return { commit: () => end('COMMIT'), rollBack: () => end('ROLLBACK') };
}

describeEventStore('Postgres', openHarness);
