import { ApiResponse } from '@nestjs/swagger';
import { PROBLEM_TYPE } from '../problems/problem';
import { named } from './schema';

const meanings: Readonly<Record<number, string>> = {
  400: 'The request alone shows that it is wrong: `invalid-request`, with each fault in `errors`',
  401: 'No token, or a bad one: `unauthenticated`',
  403: 'The role may not do this: `forbidden`, or `reason-required`',
  404: 'No such thing, or none that the caller may know of: `not-found`',
  409: 'A rule of the domain (see `rule`) or the state: see `code`',
  412: 'The record has another revision than `If-Match` says: `revision-stale`',
  413: 'A body over 64 KB: `body-too-large`',
  415: 'A body that is not JSON: `unsupported-media-type`',
  422: 'The key was used for another request: `idempotency-mismatch`',
  429: 'Too many requests: `too-many-requests`, with `Retry-After`',
  503: 'Not available at the moment: `store-unavailable` or `not-yet-projected`, with `Retry-After`',
};

/** Describes the problems that an operation can answer with. */
export function problemAnswers(statuses: readonly number[]): MethodDecorator[] {
  return statuses.map((status) =>
    ApiResponse({
      status,
      description: meanings[status] ?? '',
      content: { [PROBLEM_TYPE]: { schema: named('Problem') } },
    }),
  );
}
