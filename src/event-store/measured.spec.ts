import { createMetrics } from '../platform/metrics';
import {
  AppendOutcomeUnknown,
  type BulkEventStore,
  EventStoreUnavailable,
  type LogBatch,
  type NewEvent,
  type SubscriptionTrouble,
  WrongExpectedRevision,
} from './event-store';
import { withMeasures } from './measured';

const position = { commit: 1n, prepare: 1n };
const events = [{}, {}] as NewEvent[];
const trouble: SubscriptionTrouble = { attempts: 1, error: new Error('gone') };

describe('a measured log', () => {
  const metrics = createMetrics(false);
  let answer: () => Promise<{ revision: bigint; position: typeof position }>;
  let tell: (trouble: SubscriptionTrouble | null) => void = () => undefined;
  const inner: Partial<BulkEventStore> = {
    append: () => answer(),
    appendMany: async (appends) => Promise.all(appends.map(() => answer())),
    async *subscribe({ onTrouble }) {
      tell = onTrouble ?? tell;
      for (;;) yield await Promise.resolve<LogBatch>({ events: [], upTo: position });
    },
  };
  const store = withMeasures(inner as BulkEventStore, metrics);

  async function measured(): Promise<Record<string, number>> {
    const { text } = await metrics.read();
    const values = text.split('\n').flatMap((line) => [...line.matchAll(/^cairn_log_(\w+) (\S+)$/g)]);
    return Object.fromEntries(values.map(([, name, value]) => [name, Number(value)]));
  }

  it('counts what was appended and why it was not', async () => {
    answer = () => Promise.resolve({ revision: 1n, position });
    await store.append('s', 'no-stream', events);
    await store.appendMany([
      { stream: 's', expectedRevision: 1n, events },
      { stream: 't', expectedRevision: 'no-stream', events },
    ]);
    for (const error of [
      new WrongExpectedRevision('s', 1n, 2n),
      new WrongExpectedRevision('s', 1n, 2n),
      new AppendOutcomeUnknown('s'),
      new EventStoreUnavailable('gone'),
      new Error('something else'),
    ]) {
      answer = () => Promise.reject(error);
      await expect(store.append('s', 1n, events)).rejects.toBe(error);
    }
    expect(await measured()).toMatchObject({
      appended_events_total: 6,
      append_conflicts_total: 2,
      append_outcomes_unknown_total: 1,
      unavailable_total: 1,
    });
  });

  it('shows which subscriptions can not reach the log, and tells them of it', async () => {
    const told: unknown[] = [];
    const { signal } = new AbortController();
    const batches = store.subscribe({ signal, onTrouble: (one) => told.push(one) })[Symbol.asyncIterator]();
    await batches.next();
    expect(await measured()).toMatchObject({ subscriptions: 1, subscriptions_reconnecting: 0 });
    tell(trouble);
    tell(trouble);
    expect(await measured()).toMatchObject({ subscriptions_reconnecting: 1, subscription_failures_total: 2 });
    tell(null);
    expect(await measured()).toMatchObject({ subscriptions: 1, subscriptions_reconnecting: 0 });
    tell(trouble);
    await batches.return?.();
    expect(await measured()).toMatchObject({ subscriptions: 0, subscriptions_reconnecting: 0 });
    expect(told).toEqual([trouble, trouble, null, trouble]);
  });
});
