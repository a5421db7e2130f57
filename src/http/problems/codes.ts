import type { ApplicationRefusalCode } from '../../application/refused';

/** Every code that a problem can carry: those of the application, and those that only HTTP knows. */
export type ProblemCode =
  | ApplicationRefusalCode
  | 'unauthenticated'
  | 'method-not-allowed'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'too-many-requests'
  | 'internal-error';

type Meaning = { readonly status: number; readonly title: string };

const conflict = (title: string): Meaning => ({ status: 409, title });

/** What each code means. Codes and statuses are stable: other systems are written against them. */
export const problemCodes: Readonly<Record<ProblemCode, Meaning>> = {
  'invalid-request': { status: 400, title: 'The request is not as expected' },
  unauthenticated: { status: 401, title: 'Who is asking is not known' },
  forbidden: { status: 403, title: 'The sender may not do this' },
  'reason-required': { status: 403, title: 'A reason for the access is required' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'The path does not know this method' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of the wrong type' },
  'revision-stale': { status: 412, title: 'The record has changed meanwhile' },
  'idempotency-mismatch': { status: 422, title: 'The key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
  'not-yet-projected': { status: 503, title: 'The read model has not come that far' },
  'store-unavailable': { status: 503, title: 'The store cannot be reached' },

  'agreement-not-signed': conflict('The agreement lacks a signature'),
  'dates-out-of-order': conflict('The dates are out of order'),
  'outside-engagement': conflict("The dates lie outside the engagement's"),
  'milestone-after-goal': conflict('The milestone is due after its goal'),
  'action-after-milestone': conflict('The action is due after its milestone'),
  'in-the-future': conflict('What has not happened yet cannot be recorded'),
  'open-milestones': conflict('The goal has open milestones'),
  'too-many-active-goals': conflict('There are too many active goals'),
  'engagement-paused': conflict('The engagement is paused'),
  'engagement-ended': conflict('The engagement has ended'),
  'engagement-not-started': conflict('The engagement has not started'),
  'over-budget': conflict('The allocation exceeds the budget'),
  'other-currency': conflict('The budget is in another currency'),
  'plan-is-agreed': conflict('The plan is agreed and changes by adaptation only'),
  'plan-not-agreed': conflict('The plan is not agreed yet'),
  'plan-revision-stale': conflict('The plan has a newer revision'),
  'plan-change-stale': conflict('The change does not start from the plan as it stands'),
  'already-exists': conflict('The id is taken'),
  'unknown-reference': conflict('Something that is named does not exist'),
  'wrong-state': conflict('The state does not allow this'),
  'goal-has-no-measure': conflict('The goal has no measure'),
  'goal-has-no-scale': conflict('The goal has no attainment scale'),
};
