import { startEventStoreDb, type EventStoreDbDouble } from '../../../test/support/eventstoredb/server';
import { collect, idsOf, newStream, sampleEvents } from '../../../test/support/sample-events';
import { AppendOutcomeUnknown, EventStoreUnavailable, type BulkEventStore } from '../event-store';
import { createEventStoreDbEventStore } from './eventstoredb-event-store';

const TIMEOUTS = { append: 100, read: 200, connect: 300, giveUp: 250, retry: { firstMs: 2, capMs: 10 } };
/** For where an answer is to come in the end, however busy the machine. */
const PATIENT = { ...TIMEOUTS, giveUp: 20_000 };

describe('the log in EventStoreDB, when a call has no answer,', () => {
  let server: EventStoreDbDouble;
  const stores: BulkEventStore[] = [];
  const open = (url = server.connectionString, timeouts = TIMEOUTS): BulkEventStore => {
    const store = createEventStoreDbEventStore({ url, timeouts });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    server = await startEventStoreDb();
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.stop();
  });

  const count = (stream: string) => server.log.stream(stream)?.events.length ?? 0;

  it.each<['before' | 'after']>([['before'], ['after']])(
    'appends once, whether it was lost %s it was done',
    async (when) => {
      const store = open(server.connectionString, PATIENT);
      const stream = newStream();
      for (const does of [
        { kind: 'silence' },
        { kind: 'reset' },
        { kind: 'timeout' },
        { kind: 'status', code: 14 },
        { kind: 'status', code: 1 },
        { kind: 'status', code: 13 },
        { kind: 'delay', ms: 150 },
      ] as const) {
        const fault = server.faults.inject({ method: 'batchAppend', when, does });
        const revision = count(stream);
        const answer = await store.append(stream, revision === 0 ? 'no-stream' : BigInt(revision - 1), sampleEvents(2));
        expect(answer.revision).toBe(BigInt(revision + 1));
        expect(fault.hits).toBe(1);
        expect(count(stream)).toBe(revision + 2);
      }
    },
  );

  it('does not know the outcome while an append may still be on its way', async () => {
    const store = open();
    const stream = newStream();
    const events = sampleEvents(1);
    // Each try is held back until after it was given up.
    const fault = server.faults.inject({ method: 'batchAppend', times: 100, does: { kind: 'delay', ms: 400 } });
    await expect(store.append(stream, 'no-stream', events)).rejects.toThrow(AppendOutcomeUnknown);
    fault.remove();
    expect(await store.append(stream, 'no-stream', events)).toMatchObject({ revision: 0n });
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(count(stream)).toBe(1);
  });

  it('reads on where a read broke off, and gives up after a while', async () => {
    const store = open();
    const stream = newStream();
    const events = sampleEvents(900);
    await store.append(stream, 'no-stream', events);
    for (const does of [{ kind: 'reset' }, { kind: 'silence' }, { kind: 'status', code: 14 }] as const) {
      const fault = server.faults.inject({ method: 'read', afterEvents: 300, does });
      expect(idsOf(await collect(store.readStream(stream)))).toEqual(idsOf(events));
      expect(fault.hits).toBe(1);
    }
    server.faults.inject({ method: 'read', times: 1000, does: { kind: 'silence' } });
    await expect(collect(store.readStream(stream))).rejects.toThrow(EventStoreUnavailable);
    await expect(store.streamRevision(stream)).rejects.toThrow(EventStoreUnavailable);
  });

  it('leaves the appends of every other store alone', async () => {
    const other = await startEventStoreDb();
    const [broken, well] = [open(other.connectionString), open()];
    await Promise.all([broken, well].map((store) => store.append(newStream(), 'no-stream', sampleEvents(1))));
    server.faults.inject({ method: 'batchAppend', when: 'after', does: { kind: 'delay', ms: 40 } });
    const problem = broken.append(newStream(), 'no-stream', sampleEvents(1));
    const fine = well.append(newStream(), 'no-stream', sampleEvents(1));
    await new Promise((resolve) => setTimeout(resolve, 10));
    await other.halt();
    expect(await fine).toMatchObject({ revision: 0n });
    await Promise.allSettled([problem]);
    expect(server.faults.counts).toEqual({ 'batchAppend delay': 1 });
    await other.stop();
  });
});
