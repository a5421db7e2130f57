import type { Lifecycle } from '../../platform/lifecycle';
import type { Queues } from '../queues';
import type { NotifyDeps } from './deps';
import { sendDigest } from './digest';
import { fromJob } from './jobs';
import { remind } from './remind';
import { sweep } from './sweep';

const SWEEP_MS = 120_000;
const CONCURRENCY = 8;
/** Letters a second that all processes send together at most: a mail server takes more for an attack. */
const MAIL_LIMIT = { max: 100, perMs: 1_000 };

/** What is due is offered to the queue. Safe at any time and in any number of processes at once. */
export async function offerDue(queues: Queues, deps: NotifyDeps): Promise<void> {
  await deps.ledger.expire();
  await queues.add('notifications', await sweep(deps));
}

/** Carries out one job of the queue `notifications`. */
export async function notify(deps: NotifyDeps, data: Readonly<Record<string, string>>): Promise<void> {
  const job = fromJob(data);
  await (job.kind === 'digest' ? sendDigest(deps, job) : remind(deps, job));
}

/**
 * Sweeps and notifies in this process from now on, until the queues are closed.
 * @param sweepMs how often it is asked what is due, in milliseconds
 */
export async function startNotifications(
  queues: Queues,
  deps: NotifyDeps,
  lifecycle: Lifecycle,
  sweepMs = SWEEP_MS,
): Promise<void> {
  lifecycle.onStop('the effect ledger', () => deps.ledger.close());
  lifecycle.onStop('the queues', () => queues.close(), 40_000);
  await queues.work('notifications', ({ data }) => notify(deps, data), {
    concurrency: CONCURRENCY,
    ...(deps.mailer.channel === 'email' ? { rateLimit: MAIL_LIMIT } : {}),
  });
  await queues.work('sweeps', () => offerDue(queues, deps), { concurrency: 1 });
  await queues.every('sweeps', 'due-work', sweepMs);
}
