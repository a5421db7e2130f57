import type { Metrics } from '../platform/metrics';
import {
  AppendOutcomeUnknown,
  type BulkEventStore,
  EventStoreUnavailable,
  type LogBatch,
  WrongExpectedRevision,
} from './event-store';

/** The store, with what it does for this process counted in `metrics`. */
export function withMeasures(store: BulkEventStore, metrics: Pick<Metrics, 'gauge' | 'total'>): BulkEventStore {
  const counts = { appended: 0, conflicts: 0, unknown: 0, unavailable: 0, failures: 0 };
  let subscriptions = 0;
  /** Those that can't reach the log at the moment. */
  const troubled = new Set<symbol>();

  metrics.total('cairn_log_appended_events_total', 'Events that the log has taken', () => counts.appended);
  metrics.total(
    'cairn_log_append_conflicts_total',
    'Appends that came too late, since the stream had gone on; their commands are decided anew',
    () => counts.conflicts,
  );
  metrics.total(
    'cairn_log_append_outcomes_unknown_total',
    'Appends of which it is not known whether they happened',
    () => counts.unknown,
  );
  metrics.total(
    'cairn_log_unavailable_total',
    'Appends that failed since the log could not be reached',
    () => counts.unavailable,
  );
  metrics.gauge('cairn_log_subscriptions', 'Subscriptions to the log that are open', () => subscriptions);
  metrics.gauge(
    'cairn_log_subscriptions_reconnecting',
    'Open subscriptions that can not reach the log at the moment',
    () => troubled.size,
  );
  metrics.total(
    'cairn_log_subscription_failures_total',
    'Failed tries of subscriptions to reach the log',
    () => counts.failures,
  );

  const counted = async <Result>(events: number, appending: Promise<Result>): Promise<Result> => {
    try {
      const result = await appending;
      counts.appended += events;
      return result;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) counts.conflicts += 1;
      if (error instanceof AppendOutcomeUnknown) counts.unknown += 1;
      if (error instanceof EventStoreUnavailable) counts.unavailable += 1;
      throw error;
    }
  };

  return {
    ...store,
    append: (stream, expectedRevision, events) =>
      counted(events.length, store.append(stream, expectedRevision, events)),
    appendMany: (appends) =>
      counted(
        appends.reduce((sum, { events }) => sum + events.length, 0),
        store.appendMany(appends),
      ),
    subscribe: async function* (options): AsyncGenerator<LogBatch> {
      const subscription = Symbol('subscription');
      subscriptions += 1;
      try {
        yield* store.subscribe({
          ...options,
          onTrouble: (trouble) => {
            if (trouble) counts.failures += 1;
            if (trouble) troubled.add(subscription);
            else troubled.delete(subscription);
            options.onTrouble?.(trouble);
          },
        });
      } finally {
        subscriptions -= 1;
        troubled.delete(subscription);
      }
    },
  };
}
