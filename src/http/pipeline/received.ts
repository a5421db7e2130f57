import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../../access/caller';
import type { Claim } from '../../records/idempotency';

/** What the hooks have found out about a request before its route runs. */
export type Received = {
  /** Null at the root paths, which need no token. */
  readonly caller: Caller | null;
  /** The body's JSON object; empty when there is no body. */
  readonly body: object;
  /** What tells the command from all others: tenant, caller, Idempotency-Key and digest. Null without a key. */
  readonly identity: string | null;
  readonly claim: Claim | null;
  /** Null until it is asked for: see `correlationOf`. */
  readonly correlationId: string | null;
};

const NAME = 'received';
const nothing: Received = { caller: null, body: {}, identity: null, claim: null, correlationId: null };

export function decorateRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest(NAME, null);
}

export function receivedWith(request: FastifyRequest): Received {
  return request.getDecorator<Received | null>(NAME) ?? nothing;
}

export function addReceived(request: FastifyRequest, more: Partial<Received>): void {
  request.setDecorator<Received>(NAME, { ...receivedWith(request), ...more });
}

/** Who asks, on a route that needs a token. */
export function callerOf(request: FastifyRequest): Caller {
  const { caller } = receivedWith(request);
  if (!caller) throw new Error(`${request.url} was reached without a token.`);
  return caller;
}
