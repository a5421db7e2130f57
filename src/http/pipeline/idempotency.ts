import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../access/caller';
import type { IdempotencyRecords } from '../../records/idempotency';
import { Problem } from '../problems/problem';
import { addReceived, receivedWith } from './received';

/** 1 to 200 visible ASCII characters. */
const KEY = /^[!-~]{1,200}$/;
/** What of an answer is given again, beside its body. */
const KEPT_HEADERS = ['content-type', 'etag', 'event-position'];

/** The request's Idempotency-Key; null without one, undefined when it is malformed. */
export function keyOf(request: FastifyRequest): string | null | undefined {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return null;
  return typeof given === 'string' && KEY.test(given) ? given : undefined;
}

/**
 * Claims the key for this request. Answers with the first answer where there is one, after waiting for it while the first
 * request is in progress.
 * @throws {Problem} 422 when the key belongs to another request, 503 when the first one takes too long
 */
export async function claimKey(
  records: IdempotencyRecords,
  caller: Caller,
  key: string,
  digest: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const outcome = await records.claim({ tenantId: caller.tenantId, callerId: caller.id, key }, digest);
  switch (outcome.kind) {
    case 'claimed':
      addReceived(request, { identity: [caller.tenantId, caller.id, key, digest].join('|'), claim: outcome.claim });
      return;
    case 'answered':
      await reply.code(outcome.answer.status).headers(outcome.answer.headers).send(outcome.answer.body);
      return;
    case 'mismatch':
      throw new Problem('idempotency-mismatch', 'The Idempotency-Key was used for another request: choose a new key.');
    case 'busy':
      throw new Problem(
        'store-unavailable',
        'The first request with this key is still in progress: send it again later.',
        {
          headers: { 'Retry-After': '5' },
        },
      );
  }
}

/**
 * Ends the claim of a request before its answer goes out: a success is kept, a refusal gives the key back, and after a
 * fault the same request alone may find out what became of it. A failure to do so is no failure of the command: its
 * repetition finds the command's events by their ids.
 */
export async function concludeClaim(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
  const { claim } = receivedWith(request);
  if (!claim) return;
  const { statusCode } = reply;
  try {
    if (statusCode < 300 && typeof payload === 'string') {
      await claim.keep({ status: statusCode, headers: keptHeaders(reply), body: payload });
    } else {
      await (statusCode < 500 ? claim.release() : claim.leaveOpen());
    }
  } catch (error) {
    request.log.warn({ err: error }, 'The claim of an Idempotency-Key could not be ended; it ends by itself');
  }
}

function keptHeaders(reply: FastifyReply): Record<string, string> {
  const headers = KEPT_HEADERS.map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(headers.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
