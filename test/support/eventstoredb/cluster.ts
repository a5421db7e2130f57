import { randomUUID } from 'node:crypto';
import { createEventLog, type EventLog } from './event-log';
import type { Member } from './node';
import { FIRST_POSITION, startEventStoreDb, type EventStoreDbDouble, type EventStoreDbOptions } from './server';
import { writeServerEvents } from './system-events';

export type EventStoreDbCluster = {
  /** Names every node; the client asks any of them who leads. */
  readonly connectionString: string;
  readonly nodes: readonly EventStoreDbDouble[];
  readonly log: EventLog;
  /** The node that leads; undefined while there is an election. */
  readonly leader: EventStoreDbDouble | undefined;
  /** The leader steps down and follows; the next node that is up leads after so many ms (default 0). */
  changeLeader(electionMs?: number): Promise<void>;
  /** The leader is gone until its `start`; the next node that is up leads after so many ms (default 0). */
  killLeader(electionMs?: number): Promise<EventStoreDbDouble>;
  stop(): Promise<void>;
};

/** Nodes that share one log, of which one leads. Followers pass on what does not insist on the leader. */
export async function startEventStoreDbCluster(
  size: number,
  options: EventStoreDbOptions = {},
): Promise<EventStoreDbCluster> {
  const log = createEventLog(options.firstPosition ?? FIRST_POSITION);
  if (options.serverEvents !== false) writeServerEvents(log);
  const ids = Array.from({ length: size }, () => randomUUID());
  const nodes: EventStoreDbDouble[] = [];
  let leads: number | undefined = 0;

  const members = (): Member[] =>
    nodes.map((node, index) => ({
      id: ids[index] ?? '',
      endpoint: { host: '127.0.0.1', port: node.port },
      role: leads === undefined ? 'electing' : index === leads ? 'leader' : 'follower',
      alive: node.isUp,
    }));
  for (const id of ids) nodes.push(await startEventStoreDb(options, { log, members }, id));

  const elect = async (after: number, electionMs: number): Promise<void> => {
    leads = undefined;
    if (electionMs > 0) await new Promise((resolve) => setTimeout(resolve, electionMs));
    const turns = nodes.map((_, step) => (after + 1 + step) % nodes.length);
    leads = turns.find((index) => nodes[index]?.isUp);
  };
  const leader = (): [number, EventStoreDbDouble] => {
    const node = leads === undefined ? undefined : nodes[leads];
    if (leads === undefined || !node) throw new Error('No node leads');
    return [leads, node];
  };

  return {
    connectionString: `esdb://${nodes.map((node) => `127.0.0.1:${node.port}`).join(',')}?${nodes[0]?.parameters ?? ''}`,
    nodes,
    log,
    get leader() {
      return leads === undefined ? undefined : nodes[leads];
    },
    changeLeader: async (electionMs = 0) => {
      const [index, node] = leader();
      node.faults.note('leader changes');
      await elect(index, electionMs);
    },
    killLeader: async (electionMs = 0) => {
      const [index, node] = leader();
      node.faults.note('leader kills');
      const halted = node.halt();
      await elect(index, electionMs);
      await halted;
      return node;
    },
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}
