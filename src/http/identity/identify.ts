import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../access/caller';
import type { AuthSettings } from '../../platform/settings';
import { pathOf } from '../pipeline/route-table';
import { unauthenticated } from './claims';
import { createTokenVerifier } from './tokens';

/** Everything below /v1 needs a token, whether or not there is anything. */
export function needsToken(request: FastifyRequest): boolean {
  return isBelowV1(request.routeOptions.url ?? '') || isBelowV1(pathOf(request));
}

/** Also of a path that spells /v1 with escapes, by which a route may be reached. */
export function isBelowV1(path: string): boolean {
  return [path, decoded(path)].some((spelling) => spelling === '/v1' || spelling.startsWith('/v1/'));
}

/** Finds out who asks, by the bearer token. The promise rejects with 401, or 503 when the keys can't be had. */
export function createIdentify(auth: AuthSettings, secret: string): (request: FastifyRequest) => Promise<Caller> {
  const verify = createTokenVerifier(auth, secret);
  return async ({ headers: { authorization } }) => {
    if (authorization === undefined) throw unauthenticated('Send a token: Authorization: Bearer <JWT>.', false);
    const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1];
    if (token === undefined) throw unauthenticated('The Authorization header is not "Bearer <JWT>".');
    return verify(token);
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
