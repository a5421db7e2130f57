import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createCurrentMode, type ImposedMode, type NetworkMode } from './network-mode';
import { createLane } from './tcp-lane';

export type Proxy = {
  /** The address that was given, led through the proxy. */
  readonly url: string;
  /** What is sent next never arrives: its connection breaks instead. */
  loseNextRequest(): void;
  /** What is sent next arrives, but its connection breaks before the answer does. Resolves when that has happened. */
  loseNextAnswer(): Promise<void>;
  /** Breaks every connection, and every one that is tried until `restore`. */
  cutOff(): void;
  restore(): void;
  /** What the network does from now on, in place of what it did. */
  impose(mode: NetworkMode): ImposedMode;
  close(): Promise<void>;
};

type Fault = { kind: 'request' } | { kind: 'answer'; happened: () => void };

type Connection = { readonly destroy: () => void; readonly modeChanged: () => void };

/** A network between us and a server that can be broken at will. */
export async function startProxy(serverUrl: string): Promise<Proxy> {
  const target = new URL(serverUrl);
  const connections = new Set<Connection>();
  const network = createCurrentMode();
  let next: Fault | undefined;

  const open = (client: Socket): void => {
    const upstream = connect(Number(target.port), target.hostname);
    let lost = network.mode.kind === 'half-open';
    if (lost) network.hit();
    const forget = () => {
      connections.delete(connection);
      for (const lane of [there, back]) lane.close();
    };
    const destroy = () => {
      forget();
      client.destroy();
      upstream.destroy();
    };
    const reset = () => {
      forget();
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    const fate = {
      isLost: () => lost,
      lose: () => {
        lost = true;
      },
      reset,
    };
    const there = createLane('to-server', network, { from: client, to: upstream, ...fate });
    const back = createLane('to-client', network, { from: upstream, to: client, ...fate });
    const connection = {
      destroy,
      modeChanged: () => {
        there.modeChanged();
        back.modeChanged();
      },
    };
    connections.add(connection);

    let dropAnswer: (() => void) | undefined;
    client.on('data', (request) => {
      const fault = next;
      next = undefined;
      if (fault?.kind === 'request') {
        destroy();
        return;
      }
      if (fault?.kind === 'answer') dropAnswer = fault.happened;
      there.take(request);
    });
    upstream.on('data', (answer) => {
      if (!dropAnswer) {
        back.take(answer);
        return;
      }
      destroy();
      dropAnswer();
    });
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined);
      // Of a connection that is lost, neither end learns that the other is gone.
      socket.on('close', () => {
        if (!lost) destroy();
      });
    }
  };

  const server = createServer((client) => {
    if (network.mode.kind !== 'down') {
      open(client);
      return;
    }
    network.hit();
    client.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cutAll = () => {
    for (const connection of connections) connection.destroy();
  };
  network.onChange(() => {
    if (network.mode.kind === 'down') cutAll();
    else for (const connection of connections) connection.modeChanged();
  });
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    loseNextRequest: () => {
      next = { kind: 'request' };
    },
    loseNextAnswer: () =>
      new Promise((happened) => {
        next = { kind: 'answer', happened };
      }),
    cutOff: () => {
      network.impose({ kind: 'down' });
    },
    restore: () => {
      network.impose({ kind: 'clear' });
    },
    impose: (mode) => network.impose(mode),
    close: async () => {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
