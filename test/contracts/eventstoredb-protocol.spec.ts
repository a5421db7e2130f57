import { openRawClient, type RawClient } from '../support/eventstoredb/raw-client';
import { startEventStoreDb, type EventStoreDbDouble } from '../support/eventstoredb/server';
import { describeProtocolOfAppending } from './eventstoredb-protocol/appending';
import { describeProtocolOfDeleting } from './eventstoredb-protocol/deleting';
import { describeProtocolOfReading } from './eventstoredb-protocol/reading';
import { describeProtocolOfSubscribing } from './eventstoredb-protocol/subscribing';

type Target = { readonly connectionString: string; stop(): Promise<void> };

const real = process.env.EVENTSTOREDB_TEST_URL;
const targets: [string, () => Promise<Target>][] = [
  [
    'the server of our tests',
    async () => {
      const double: EventStoreDbDouble = await startEventStoreDb();
      return { connectionString: double.connectionString, stop: () => double.stop() };
    },
  ],
];
if (real) {
  targets.push([
    'the server at EVENTSTOREDB_TEST_URL',
    () => Promise.resolve({ connectionString: real, stop: () => Promise.resolve() }),
  ]);
}

/** The same assertions for both: what passes here is what the server of our tests may be trusted for. */
describe.each(targets)("EventStoreDB's protocol: %s", (_, open) => {
  let target: Target | undefined;
  let client: RawClient | undefined;
  beforeAll(async () => {
    target = await open();
    client = openRawClient(target.connectionString);
  });
  afterAll(async () => {
    client?.close();
    await target?.stop();
  });
  const current = (): RawClient => {
    if (!client) throw new Error('There is no client yet');
    return client;
  };

  describeProtocolOfAppending(current);
  describeProtocolOfReading(current);
  describeProtocolOfSubscribing(current);
  describeProtocolOfDeleting(current);
});
