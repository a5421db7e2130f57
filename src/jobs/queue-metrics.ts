import type { Queryable } from '../platform/database';
import type { Metrics } from '../platform/metrics';
import { countEffects } from '../records/effects-told';
import { type QueueStatus, readQueues } from './operate';
import type { Queues } from './queues';

/** One reading serves all values that are asked for together. */
const FRESH_MS = 1_000;

/** Shows how the queues and the effects stand. */
export function measureQueues(metrics: Metrics, queues: Queues, db: Queryable): void {
  const read = briefly(() => readQueues(queues));
  const of = (value: (queue: QueueStatus) => number) => async (): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries((await read()).map((queue) => [queue.name, value(queue)]));
  metrics.gauges(
    'cairn_jobs_waiting',
    'Jobs that wait to be worked',
    'queue',
    of(({ waiting }) => waiting),
  );
  metrics.gauges(
    'cairn_jobs_active',
    'Jobs that are being worked',
    'queue',
    of(({ active }) => active),
  );
  metrics.gauges(
    'cairn_jobs_delayed',
    'Jobs that wait for their time',
    'queue',
    of(({ delayed }) => delayed),
  );
  metrics.gauges(
    'cairn_jobs_failed',
    'Jobs that were given up',
    'queue',
    of(({ failed }) => failed),
  );
  metrics.gauges(
    'cairn_jobs_oldest_seconds',
    'How long the job that waits longest has waited',
    'queue',
    of(({ oldestMs }) => oldestMs / 1_000),
  );
  metrics.gauges('cairn_effects', 'Effects on the outside world that are not known to be made', 'state', () =>
    countEffects(db),
  );
}

function briefly<T>(read: () => Promise<T>): () => Promise<T> {
  let last: Promise<T> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (last === undefined || performance.now() - readAt > FRESH_MS) {
      readAt = performance.now();
      last = read();
    }
    return last;
  };
}
