import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a stop wait for requests in progress and for nothing else: when it begins, connections without a request are
 * closed, and the others close with their answer. Node alone would keep a connection open after its answer, and one that
 * has not sent anything yet.
 */
export function closeConnectionsOnStop(fastify: FastifyInstance): void {
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  let isStopping = false;

  fastify.server.on('connection', (socket) => {
    if (isStopping) socket.destroy();
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    busy.add(request.raw.socket);
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping) void reply.header('Connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    busy.delete(request.raw.socket);
    done();
  });
  fastify.addHook('preClose', (done) => {
    isStopping = true;
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
    done();
  });
}
