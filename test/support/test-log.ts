import { randomUUID } from 'node:crypto';
import type { EventStoreDbUse } from '../../src/event-store/eventstoredb/eventstoredb-event-store';
import type { EventStoreSettings } from '../../src/platform/settings';
import { startEventStoreDb } from './eventstoredb/server';

export type TestLog = {
  readonly settings: EventStoreSettings;
  readonly use: EventStoreDbUse;
  stop(): Promise<void>;
};

/**
 * An empty log of its own: in Postgres, or with CAIRN_TEST_EVENT_STORE=eventstoredb on the server that
 * EVENTSTOREDB_TEST_URL names, where it leaves its streams, else on one that is started for it.
 */
export async function openTestLog(): Promise<TestLog> {
  if (process.env.CAIRN_TEST_EVENT_STORE !== 'eventstoredb') {
    return { settings: { kind: 'postgres' }, use: {}, stop: () => Promise.resolve() };
  }
  const url = process.env.EVENTSTOREDB_TEST_URL;
  if (url) {
    return {
      settings: { kind: 'eventstoredb', url },
      use: { streamPrefix: `e2e-${randomUUID()}-` },
      stop: () => Promise.resolve(),
    };
  }
  const server = await startEventStoreDb();
  return { settings: { kind: 'eventstoredb', url: server.connectionString }, use: {}, stop: () => server.stop() };
}
