import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDependencies } from '../dependencies';
import { createIdentify, isBelowV1 } from '../identity/identify';
import { Problem, PROBLEM_TYPE } from '../problems/problem';
import { answerProblem } from '../problems/problem.filter';
import { pathOf } from './route-table';

/**
 * Answers a request whose path the router can't read, which no hook gets to see: 401 where a token is needed, then 400.
 * @param deps null: nothing needs a token
 */
export function createAnswerUnroutable(
  deps: Pick<ApiDependencies, 'auth' | 'secret'> | null,
): (error: Error, request: FastifyRequest, reply: FastifyReply) => void {
  const identify = deps && createIdentify(deps.auth, deps.secret);
  const refuse = async (request: FastifyRequest): Promise<never> => {
    if (identify && isBelowV1(pathOf(request))) await identify(request);
    throw new Problem('invalid-request', `The path can't be read: write its escapes as %XX of UTF-8.`, {
      errors: [{ path: '', message: 'expected a path with valid escapes' }],
    });
  };
  return (_error, request, reply) => {
    refuse(request).catch((error: unknown) => {
      answerProblem(error, request, reply.header('X-Request-Id', request.id));
    });
  };
}

const statusOf: Readonly<Partial<Record<string, number>>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is no HTTP request, or none that Node reads, and closes the connection. */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const status = statusOf[error.code ?? ''] ?? 400;
  const reason = STATUS_CODES[status] ?? '';
  const { details } = new Problem('invalid-request', `This can't be read as an HTTP request: ${reason}.`, { status });
  const body = JSON.stringify(details);
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
