import { createCertificate } from '../support/eventstoredb/certificate';
import { openRawClient, type RawClient } from '../support/eventstoredb/raw-client';
import { startEventStoreDb } from '../support/eventstoredb/server';
import { describeProtocolOfAccess, describeProtocolOfNodes } from './eventstoredb-protocol/access';
import { describeProtocolOfAppending } from './eventstoredb-protocol/appending';
import { describeProtocolOfDeleting } from './eventstoredb-protocol/deleting';
import { describeProtocolOfReading } from './eventstoredb-protocol/reading';
import { describeProtocolOfSubscribing } from './eventstoredb-protocol/subscribing';

type Target = { readonly url: string; stop(): Promise<void> };

async function openDouble(): Promise<Target> {
  const server = await startEventStoreDb();
  return { url: server.connectionString, stop: () => server.stop() };
}

async function openSecureDouble(): Promise<Target> {
  const certificate = createCertificate();
  const server = await startEventStoreDb({ certificate, users: { admin: 'change it!' } });
  return {
    url: server.connectionString.replace('//', `//admin:${encodeURIComponent('change it!')}@`),
    stop: async () => {
      await server.stop();
      certificate.remove();
    },
  };
}

const real = process.env.EVENTSTOREDB_TEST_URL;
const openReal = (url: string) => (): Promise<Target> => Promise.resolve({ url, stop: () => Promise.resolve() });
const knowsUsers = (url: string): boolean => url.includes('@');

/** The same assertions for all: what passes here is what the server of our tests may be trusted for. */
const targets: [string, boolean, () => Promise<Target>][] = [
  ['the server of our tests', false, openDouble],
  ['the server of our tests with TLS and users', true, openSecureDouble],
];
if (real) targets.push(['the server at EVENTSTOREDB_TEST_URL', knowsUsers(real), openReal(real)]);

describe.each(targets)("EventStoreDB's protocol: %s", (_, users, open) => {
  let target: Target | undefined;
  let client: RawClient | undefined;
  beforeAll(async () => {
    target = await open();
    client = openRawClient(target.url);
  });
  afterAll(async () => {
    client?.close();
    await target?.stop();
  });
  const current = (): RawClient => {
    if (!client) throw new Error('There is no client yet');
    return client;
  };

  describeProtocolOfNodes(current);
  if (users) describeProtocolOfAccess(current);
  describeProtocolOfAppending(current);
  describeProtocolOfReading(current);
  describeProtocolOfSubscribing(current);
  describeProtocolOfDeleting(current);
});
