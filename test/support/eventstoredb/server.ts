import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials, status, type ServiceError } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { createAccess, type Users } from './access';
import { handleAppend } from './append';
import { handleBatchAppend } from './batch-append';
import { createEventLog, type EventLog } from './event-log';
import { createFaults, type Fault, type InjectedFault } from './faults';
import { createListener } from './listener';
import type { Member, Node, OpenSubscription, Role } from './node';
import { handleRead } from './read';
import { rpcError } from './rpc-errors';
import { handleDelete, handleFeatures, handleGossip, handleTombstone, streamsService } from './services';
import { writeNoise, writeServerEvents } from './system-events';
import type { Certificate } from './certificate';

export type EventStoreDbOptions = {
  /** Where the positions of the log begin. Beyond 2^53 it shows who keeps them as numbers. Default 258, as in a new log. */
  readonly firstPosition?: bigint;
  /** The server's default is 1 MiB of data in one append. */
  readonly maxAppendSize?: number;
  /** With users the server wants credentials. */
  readonly users?: Users;
  /** With a certificate it speaks TLS. */
  readonly certificate?: Certificate;
  /** Whether `$all` begins with what a new server writes itself. Default true. */
  readonly serverEvents?: boolean;
};

/** The faults of a double, each counted. */
type ServerFaults = {
  inject(fault: Fault): InjectedFault;
  /** How often what happened: `batchAppend reset`, `connections reset`, `subscriptions dropped`, … */
  readonly counts: Readonly<Record<string, number>>;
  /** Counts something that was done to the server from outside. */
  note(what: string): void;
  /** Forgets the faults that nobody has met. */
  clear(): void;
  /** Breaks every connection; gives how many. */
  resetConnections(): number;
  /** Ends every subscription with an error; gives how many. */
  dropSubscriptions(error?: ServiceError): number;
  /** Leaves every subscription open that sends nothing more; gives how many. */
  silenceSubscriptions(): number;
};

export type EventStoreDbDouble = {
  readonly connectionString: string;
  /** What follows the `?` of it. */
  readonly parameters: string;
  readonly isUp: boolean;
  readonly port: number;
  readonly log: EventLog;
  readonly faults: ServerFaults;
  readonly role: Role;
  /** How many connections and subscriptions are open. */
  readonly open: { readonly connections: number; readonly subscriptions: number };
  /** Writes so many events that belong to the server itself. */
  noise(count: number): void;
  /** Breaks all connections and refuses new ones until `start`. The log stays. */
  halt(): Promise<void>;
  /** Listens again, on the same port. */
  start(): Promise<void>;
  /** Halts, stays away for so many ms (default 0), and starts again. */
  restart(awayMs?: number): Promise<void>;
  stop(): Promise<void>;
};

/** Larger messages are refused before anyone reads them. */
const MAX_REQUEST = 17 * 1024 * 1024;

/** The server's log begins with records that no one is shown. */
export const FIRST_POSITION = 258n;

type ClusterPart = { readonly log: EventLog; readonly members: () => readonly Member[] };

/** A server of one node that speaks EventStoreDB's protocol and keeps its log in memory. */
export async function startEventStoreDb(
  options: EventStoreDbOptions = {},
  cluster?: ClusterPart,
  id: string = randomUUID(),
): Promise<EventStoreDbDouble> {
  const log = cluster?.log ?? createEventLog(options.firstPosition ?? FIRST_POSITION);
  if (!cluster && options.serverEvents !== false) writeServerEvents(log);
  const faults = createFaults();
  const subscriptions = new Set<OpenSubscription>();
  const { certificate, users } = options;

  const server = new Server({
    'grpc.max_receive_message_length': MAX_REQUEST,
    'grpc.max_send_message_length': -1,
  });
  const listener = await createListener(
    server.createConnectionInjector(
      certificate
        ? ServerCredentials.createSsl(null, [
            { private_key: Buffer.from(certificate.key), cert_chain: Buffer.from(certificate.cert) },
          ])
        : ServerCredentials.createInsecure(),
    ),
  );
  const alone: Member = { id, endpoint: { host: '127.0.0.1', port: listener.port }, role: 'leader', alive: true };
  const members = cluster?.members ?? (() => [alone]);
  const role = () => members().find((member) => member.id === id)?.role ?? 'electing';
  const node: Node = {
    log,
    faults,
    access: createAccess(users, log),
    maxAppendSize: options.maxAppendSize ?? 1024 * 1024,
    subscriptions,
    members,
    role,
    disconnect: (peer) => {
      listener.reset(peer);
    },
  };
  server.addService(streamsService, {
    read: handleRead(node),
    append: handleAppend(node),
    batchAppend: handleBatchAppend(node),
    delete: handleDelete(node),
    tombstone: handleTombstone(node),
  });
  server.addService(GossipService, { read: handleGossip(node) });
  server.addService(ServerFeaturesService, { getSupportedMethods: handleFeatures(node) });

  const eachSubscription = (what: string, act: (subscription: OpenSubscription) => void): number => {
    const open = [...subscriptions];
    open.forEach(act);
    faults.count(what, open.length);
    return open.length;
  };

  const parameters = certificate ? `tls=true&tlsCAFile=${certificate.file}` : 'tls=false';
  return {
    connectionString: `esdb://127.0.0.1:${listener.port}?${parameters}`,
    parameters,
    get isUp() {
      return listener.open;
    },
    port: listener.port,
    log,
    get role() {
      return role();
    },
    get open() {
      return { connections: listener.connections, subscriptions: subscriptions.size };
    },
    faults: {
      inject: faults.inject,
      counts: faults.counts,
      note: (what) => {
        faults.count(what);
      },
      clear: faults.clear,
      resetConnections: () => {
        const broken = listener.reset();
        faults.count('connections reset', broken);
        return broken;
      },
      dropSubscriptions: (error = rpcError(status.UNKNOWN, 'Unexpected SubscriptionDropReason: Unsubscribed')) =>
        eachSubscription('subscriptions dropped', (subscription) => {
          subscription.end(error);
        }),
      silenceSubscriptions: () =>
        eachSubscription('subscriptions silenced', (subscription) => {
          subscription.silence();
        }),
    },
    noise: (count) => {
      writeNoise(log, count);
    },
    halt: () => listener.close(),
    start: () => listener.listen(),
    restart: async (awayMs = 0) => {
      faults.count('restarts');
      await listener.close();
      if (awayMs > 0) await new Promise((resolve) => setTimeout(resolve, awayMs));
      await listener.listen();
    },
    stop: async () => {
      faults.clear();
      await listener.close();
      server.forceShutdown();
    },
  };
}
