import { type EventLog, openEventLog } from '../../../test/support/event-log';
import { markedEvents } from '../../../test/support/marked-events';
import { sampleEvent } from '../../../test/support/sample-events';
import type { EventStore, LogEvent, OpaqueEvent, StoredEvent } from '../../event-store/event-store';
import { followFeed, readFeed } from './feed';

let log: EventLog;
beforeAll(async () => {
  log = await openEventLog('own server');
}, 60_000);
afterAll(() => log.close());

const filter = (tenantId: string) => ({ tenantId, types: null });
const goalSet = (tenantId: string) => {
  const sample = sampleEvent(markedEvents.GoalSet, { type: 'GoalSet' });
  return { ...sample, metadata: { ...sample.metadata, tenantId } };
};
const unheard = (): void => undefined;

async function append(tenantId: string, count = 1): Promise<string[]> {
  const events = Array.from({ length: count }, () => goalSet(tenantId));
  await log.store.append(`engagement-${tenantId}_${events[0]!.eventId}`, 'no-stream', events);
  return events.map(({ eventId }) => eventId);
}

it("looks at no more than it should before it answers, and goes on behind others' events", async () => {
  await append('others', 7);
  const [mine] = await append('rare');
  const page = { after: null, limit: 10, lookedAt: 5 };
  const first = await readFeed(log.store, filter('rare'), page, unheard);
  expect(first.items).toEqual([]);
  const second = await readFeed(log.store, filter('rare'), { ...page, after: first.upTo }, unheard);
  expect(second.items.map(({ event }) => event.id)).toEqual([mine]);
});

it('never gives a later event before one whose transaction is still open, nor misses it', async () => {
  const from = await log.store.head();
  const { admin } = log;
  await admin.query('BEGIN');
  await admin.query('SELECT pg_current_xact_id()');
  const other = log.newStore();
  const ids = await append('held');
  // Another transaction began before it: what it might write comes first.
  const page = { after: from, limit: 10 };
  expect((await readFeed(other, filter('held'), page, unheard)).items).toEqual([]);
  await admin.query('COMMIT');
  expect((await readFeed(other, filter('held'), page, unheard)).items.map(({ event }) => event.id)).toEqual(ids);
  await other.close();
});

it('follows the log, and ends when it is told to', async () => {
  const after = await log.store.head();
  const ending = new AbortController();
  const seen: string[] = [];
  const ids = await append('live', 3);
  for await (const { items } of followFeed(log.store, filter('live'), { after, signal: ending.signal }, unheard)) {
    seen.push(...items.map(({ event }) => event.id));
    if (seen.length === 3) ids.push(...(await append('live', 2)));
    if (seen.length === 5) ending.abort();
  }
  expect(seen).toEqual(ids);
});

it('passes over what it can not read, and says so', async () => {
  const { stream, revision, position, eventId, type } = stored(1n);
  const opaque = { stream, revision, position, eventId, type, recordedAt: '', problem: 'It is of tomorrow.' };
  const events: LogEvent[] = [opaque, stored(2n)];
  async function* readAll() {
    await Promise.resolve();
    yield* events;
  }
  const told: OpaqueEvent[] = [];
  const store = { readAll } as unknown as EventStore;
  const { items, upTo } = await readFeed(store, filter('firm-1'), { after: null, limit: 1 }, (one) => told.push(one));
  expect(items.map(({ event }) => event.revision)).toEqual([2]);
  expect(upTo).toEqual({ commit: 2n, prepare: 0n });
  expect(told).toEqual([opaque]);
});

function stored(at: bigint): StoredEvent {
  const sample = sampleEvent(markedEvents.GoalSet, { type: 'GoalSet' });
  return { ...sample, stream: 'engagement-firm-1_x', revision: at, position: { commit: at, prepare: 0n } };
}
