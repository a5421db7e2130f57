import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

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
  close(): Promise<void>;
};

type Fault = { kind: 'request' } | { kind: 'answer'; happened: () => void };

/** A network between us and a server that can be broken at will. */
export async function startProxy(serverUrl: string): Promise<Proxy> {
  const target = new URL(serverUrl);
  const pairs = new Set<readonly [Socket, Socket]>();
  let next: Fault | undefined;
  let down = false;

  const server = createServer((client) => {
    if (down) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const cut = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    let dropAnswer: (() => void) | undefined;
    client.on('data', (request) => {
      const fault = next;
      next = undefined;
      if (fault?.kind === 'request') {
        cut();
        return;
      }
      if (fault?.kind === 'answer') dropAnswer = fault.happened;
      upstream.write(request);
    });
    upstream.on('data', (answer) => {
      if (!dropAnswer) {
        client.write(answer);
        return;
      }
      cut();
      dropAnswer();
    });
    for (const socket of pair) {
      socket.on('error', cut);
      socket.on('close', cut);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cutAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
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
      down = true;
      cutAll();
    },
    restore: () => {
      down = false;
    },
    close: async () => {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
