import type { NodePreference } from '@eventstore/db-client';
import type { EventStoreDbAddress } from './connection-string';
import { NotSent } from './failures';
import { LogClient } from './log-client';

/** The way to the server, made anew whenever it seems broken. */
export type Connection = {
  /**
   * A client that has a connection.
   * @throws {NotSent} there is none to be had.
   */
  client(): Promise<LogClient>;
  /** A call of this client broke: the next one goes over a connection of its own. */
  suspect(client: LogClient): void;
  /** Notes an open call, which `close` ends by `cancel`. Call what it gives when the call has ended. */
  holds(cancel: () => void): () => void;
  readonly closed: boolean;
  close(): void;
};

export function createConnection(
  address: EventStoreDbAddress,
  nodePreference: NodePreference,
  connectMs: number,
): Connection {
  const calls = new Set<() => void>();
  let current: LogClient | undefined;
  let closed = false;

  const suspect = (client: LogClient) => {
    if (client !== current) return;
    current = undefined;
    client.release();
  };

  return {
    get closed() {
      return closed;
    },
    client: async () => {
      if (closed) throw new NotSent('The event store is closed');
      const client = (current ??= newClient(address, nodePreference));
      try {
        await client.ready(connectMs);
        return client;
      } catch (error) {
        suspect(client);
        throw error;
      }
    },
    suspect,
    holds: (cancel) => {
      calls.add(cancel);
      return () => {
        calls.delete(cancel);
      };
    },
    close: () => {
      closed = true;
      for (const cancel of calls) cancel();
      calls.clear();
      if (current) suspect(current);
    },
  };
}

let made = 0;

/**
 * gRPC shares connections between clients with the same settings, and with them the growing time, up to two minutes, that
 * it waits before it tries a host again. Each of ours differs by a few milliseconds, so that a new one begins anew.
 */
function newClient(address: EventStoreDbAddress, nodePreference: NodePreference): LogClient {
  const { hosts, discover, tls, tuning, credentials, connectionName } = address;
  const { keepAliveTimeout = 10_000, ...rest } = tuning;
  made = (made + 1) % 1000;
  const settings = {
    ...rest,
    ...(connectionName === undefined ? {} : { connectionName }),
    keepAliveTimeout: Math.max(0, keepAliveTimeout) + made,
    nodePreference,
  };
  const channel = tls
    ? {
        ...(tls.authority && { rootCertificate: tls.authority }),
        ...(tls.own && { userCertFile: tls.own.certificate, userKeyFile: tls.own.key }),
        ...(tls.verify ? {} : { verifyOptions: { rejectUnauthorized: false } }),
      }
    : { insecure: true };
  switch (discover) {
    case 'dns':
      return new LogClient({ ...settings, discover: hosts[0] }, channel, credentials);
    case 'gossip':
      return new LogClient({ ...settings, endpoints: [...hosts] }, channel, credentials);
    case 'none':
      return new LogClient({ ...settings, endpoint: hosts[0] }, channel, credentials);
  }
}
