import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Lets a stop wait for requests in progress and for nothing else: when it begins, connections without a request are
 * closed, and the others close with their last answer. Node alone would keep a connection open after its answer, and one
 * that has not sent anything yet.
 */
export function closeConnectionsOnStop(fastify: FastifyInstance): void {
  /** The open connections, with the number of requests in progress on each: a client may send the next one early. */
  const open = new Map<Socket, number>();
  let isStopping = false;

  /** Answers how many requests are in progress on the request's connection from now on. */
  function count({ raw: { socket } }: FastifyRequest, change: 1 | -1): number {
    const inProgress = (open.get(socket) ?? 0) + change;
    if (open.has(socket)) open.set(socket, inProgress);
    return inProgress;
  }

  fastify.server.on('connection', (socket) => {
    if (isStopping) socket.destroy();
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    count(request, 1);
    done();
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    // With this header Node closes the connection after the answer, whatever else is in progress on it.
    const isLast = (open.get(request.raw.socket) ?? 1) === 1;
    if (isStopping && isLast) void reply.header('Connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    const { socket } = request.raw;
    if (count(request, -1) === 0 && isStopping && open.has(socket)) socket.destroySoon();
    done();
  });
  fastify.addHook('preClose', (done) => {
    isStopping = true;
    for (const [socket, inProgress] of open) if (inProgress === 0) socket.destroy();
    done();
  });
}
