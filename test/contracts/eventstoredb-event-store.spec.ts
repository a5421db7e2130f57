import { randomUUID } from 'node:crypto';
import { createEventStoreDbEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store';
import { startEventStoreDb } from '../support/eventstoredb/server';
import { startProxy } from '../support/tcp-proxy';
import { describeEventStore } from './event-store.contract';
import type { EventStoreHarness } from './event-store/harness';

const SHORT = {
  connect: 1_000,
  giveUp: 300,
  retry: { firstMs: 5, capMs: 20 },
  resubscribe: { firstMs: 5, capMs: 20 },
};

/** A log of its own on the server at `url`: the streams of each run begin with a prefix of theirs. */
async function openHarness(url: string, stop: () => Promise<void>): Promise<EventStoreHarness> {
  const streamPrefix = `contract-${randomUUID()}-`;
  const newStore = (at = url, timeouts = {}) => createEventStoreDbEventStore({ url: at, streamPrefix, timeouts });
  const store = newStore();
  // The nodes of a cluster are gone to by the addresses that they give themselves, past any proxy.
  const proxy = url.includes(',') ? undefined : await startProxy(url);
  const network = proxy && { ...proxy, store: newStore(proxy.url, SHORT) };
  return {
    store,
    another: () => newStore(),
    ...(network && { network }),
    largestAppend: 1024 * 1024,
    close: async () => {
      await Promise.all([store.close(), network?.store.close()]);
      await proxy?.close();
      await stop();
    },
  };
}

describeEventStore('EventStoreDB, the test server', async () => {
  const server = await startEventStoreDb();
  return openHarness(server.connectionString, () => server.stop());
});

const url = process.env.EVENTSTOREDB_TEST_URL;
if (url) describeEventStore('EventStoreDB, a real server', () => openHarness(url, () => Promise.resolve()));
