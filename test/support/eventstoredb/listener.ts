import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import type { ConnectionInjector } from '@grpc/grpc-js/build/src/server';

/** The open door of a node: its port outlives closing, and its connections can be broken from outside. */
export type Listener = {
  readonly port: number;
  readonly open: boolean;
  readonly connections: number;
  /** Breaks one connection by the address and port of its other end, or all of them. Gives how many there were. */
  reset(peer?: string): number;
  listen(): Promise<void>;
  /** Stops listening and breaks every connection. */
  close(): Promise<void>;
};

/** Listens on a port that the system chooses and hands connections to the server behind it. */
export async function createListener(injector: ConnectionInjector): Promise<Listener> {
  const sockets = new Map<string, Socket>();
  let server: TcpServer | undefined;
  let port = 0;

  const reset = (peer?: string): number => {
    const chosen =
      peer === undefined ? [...sockets.values()] : [sockets.get(peer)].filter((socket) => socket !== undefined);
    for (const socket of chosen) socket.resetAndDestroy();
    return chosen.length;
  };

  const listener: Listener = {
    get port() {
      return port;
    },
    get open() {
      return server !== undefined;
    },
    get connections() {
      return sockets.size;
    },
    reset,
    listen: async () => {
      if (server) return;
      const opened = createServer({ noDelay: true }, (socket) => {
        const peer = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
        sockets.set(peer, socket);
        socket.on('error', () => undefined);
        socket.on('close', () => sockets.delete(peer));
        injector.injectConnection(socket);
      });
      server = opened;
      opened.listen(port, '127.0.0.1');
      await once(opened, 'listening');
      port = (opened.address() as AddressInfo).port;
    },
    close: async () => {
      const closing = server;
      if (!closing) return;
      server = undefined;
      const closed = once(closing, 'close');
      closing.close();
      reset();
      await closed;
    },
  };
  await listener.listen();
  return listener;
}
