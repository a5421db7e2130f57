import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDependencies } from '../dependencies';
import { createIdentify, needsToken } from '../identity/identify';
import { digestOf, parseBody, readBody, requireObject } from './body';
import { claimKey, keyOf } from './idempotency';
import { createRateLimit } from './rate-limit';
import { addReceived } from './received';
import type { RouteTable } from './route-table';

const JSON_TYPE = 'application/json';

/**
 * Takes a request in, up to its route. The steps stand in the order in which refusals come: 401, then an unknown path or
 * method, the caller's limit, the idempotency key, 413, 415 and 400.
 */
export function createReceive(
  deps: ApiDependencies,
  routes: RouteTable,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const identify = createIdentify(deps.auth, deps.secret);
  const limit = createRateLimit(deps.rateLimit);

  return async (request, reply) => {
    const caller = needsToken(request) ? await identify(request) : null;
    routes.require(request);
    if (caller) {
      addReceived(request, { caller });
      limit(caller);
    }
    if (request.method !== 'POST' && request.method !== 'PUT') return;

    const raw = await readBody(request.raw);
    const parsed = raw && parseBody(raw);
    const key = keyOf(request);
    if (caller && typeof key === 'string') {
      const digest = digestOf(request.method, request.url, raw, parsed);
      await claimKey(deps.idempotency, caller, key, digest, request, reply);
      if (reply.sent) return;
    }
    addReceived(request, { body: requireObject(raw, parsed, request.headers) });
    // The body is read; what Fastify would look up by its type has nothing left to do, whatever type was given.
    if (request.headers['content-type'] !== JSON_TYPE) request.headers = { 'content-type': JSON_TYPE };
  };
}
