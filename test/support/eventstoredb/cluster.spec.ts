import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { startEventStoreDbCluster, type EventStoreDbCluster } from './cluster';

const tried = () => jsonEvent({ type: 'Tried', data: {} });
const LEADER = { requiresLeader: true };

describe('a cluster of test servers', () => {
  let cluster: EventStoreDbCluster;
  const clients: EventStoreDBClient[] = [];
  const connect = (to: string): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(to);
    clients.push(client);
    return client;
  };
  beforeEach(async () => {
    cluster = await startEventStoreDbCluster(3);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    await cluster.stop();
  });

  const appendTo = (client: EventStoreDBClient, options = {}) => client.appendToStream('s', tried(), options);
  const count = () => cluster.log.stream('s')?.events.length ?? 0;
  const untilDone = async (attempt: () => Promise<unknown>) => {
    for (;;) {
      try {
        return await attempt();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };

  it('is found by its gossip, has one log, and reads alike at every node', async () => {
    await appendTo(connect(cluster.connectionString), LEADER);
    expect(cluster.nodes.map((node) => node.role)).toEqual(['leader', 'follower', 'follower']);
    for (const node of cluster.nodes) {
      const seen: string[] = [];
      for await (const { event } of connect(node.connectionString).readStream('s')) seen.push(event?.type ?? '');
      expect(seen).toEqual(['Tried']);
    }
  });

  it.each([
    ['batch', {}],
    ['plain', { credentials: { username: 'x', password: 'y' } }],
  ])('sends who insists on the leader to it, and passes on what does not (%s)', async (_, over) => {
    const client = connect(cluster.nodes[1]!.connectionString);
    const leader = { address: '127.0.0.1', port: cluster.nodes[0]!.port };
    if ('credentials' in over) {
      await expect(appendTo(client, { ...over, ...LEADER })).rejects.toMatchObject({ type: 'not-leader', leader });
    } else {
      const reading = (async () => {
        for await (const event of client.readStream('s', LEADER)) expect(event).toBeDefined();
      })();
      await expect(reading).rejects.toMatchObject({ type: 'not-leader', leader });
    }
    await appendTo(client, over);
    expect(count()).toBe(1);
  });

  it('changes its leader: the old one follows, and who insists finds the new one', async () => {
    const client = connect(cluster.connectionString);
    await appendTo(client, LEADER);
    await cluster.changeLeader();
    expect(cluster.nodes.map((node) => node.role)).toEqual(['follower', 'leader', 'follower']);
    await untilDone(() => appendTo(client, LEADER));
    expect(count()).toBe(2);
    expect(cluster.nodes[0]?.faults.counts).toMatchObject({ 'leader changes': 1 });
  });

  it('goes on without a leader that was killed, reads while it has none, and takes it back as a follower', async () => {
    const client = connect(cluster.connectionString);
    await appendTo(client, LEADER);
    const killed = cluster.killLeader(50);
    expect(cluster.leader).toBeUndefined();
    const other = connect(cluster.nodes[2]!.connectionString);
    await expect(appendTo(other)).rejects.toThrow('Server Is Not Ready');
    const seen: unknown[] = [];
    for await (const event of other.readStream('s')) seen.push(event);
    expect(seen).toHaveLength(1);
    const old = await killed;
    expect([old, cluster.leader]).toEqual([cluster.nodes[0], cluster.nodes[1]]);
    await untilDone(() => appendTo(client, LEADER));
    await old.start();
    expect(old.role).toBe('follower');
    expect(count()).toBe(2);
  });
});
