import type { EventStore, LogEvent, Position } from '../../../src/event-store/event-store';
import { comparePositions } from '../../../src/event-store/position';
import { collect, idsOf, newStream, sampleEvents } from '../../support/sample-events';
import type { EventStoreHarness } from './harness';

/** The first `count` events after a place, and how large their batches were. */
async function take(
  store: EventStore,
  count: number,
  options: { after?: Position; batchSize?: number },
): Promise<{ events: LogEvent[]; sizes: number[] }> {
  const abort = new AbortController();
  const events: LogEvent[] = [];
  const sizes: number[] = [];
  for await (const batch of store.subscribe({ ...options, signal: abort.signal })) {
    events.push(...batch.events);
    sizes.push(batch.events.length);
    expect(comparePositions(batch.upTo, batch.events.at(-1)?.position ?? batch.upTo)).toBeGreaterThanOrEqual(0);
    if (events.length >= count) abort.abort();
  }
  return { events, sizes };
}

export function describeSubscriptions(harness: () => EventStoreHarness): void {
  describe('subscribing', () => {
    let store: EventStore;
    beforeAll(() => {
      store = harness().store;
    });

    it('gives what is there and then what comes, appended here or by another process, without polling', async () => {
      const other = harness().another();
      const start = await store.append(newStream(), 'no-stream', sampleEvents(2));
      const there = sampleEvents(3);
      await store.append(newStream(), 'no-stream', there);
      const abort = new AbortController();
      const seen: string[] = [];
      const wanted = idsOf(there);
      for await (const batch of store.subscribe({ after: start.position, signal: abort.signal })) {
        seen.push(...idsOf(batch.events));
        if (seen.length < wanted.length) continue;
        if (wanted.length >= 20) abort.abort();
        const news = sampleEvents(2);
        wanted.push(...idsOf(news));
        // After the subscriber has gone to wait again.
        setTimeout(() => {
          const writer = wanted.length % 4 === 1 ? store : other;
          writer.append(newStream(), 'no-stream', news).catch(() => {
            abort.abort();
          });
        }, 20);
      }
      expect(seen.length).toBeGreaterThanOrEqual(20);
      expect(seen).toEqual(wanted.slice(0, seen.length));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await other.close();
    });

    it('goes on exactly after any position', async () => {
      const start = await store.append(newStream(), 'no-stream', sampleEvents(1));
      for (const size of [3, 1, 4, 2]) await store.append(newStream(), 'no-stream', sampleEvents(size));
      const log = await collect(store.readAll({ after: start.position }));
      const places = [start.position, ...log.map((event) => event.position)];
      for (const [index, after] of places.slice(0, -1).entries()) {
        const { events } = await take(store, log.length - index, { after });
        expect(idsOf(events)).toEqual(idsOf(log.slice(index)));
      }
    });

    it('begins with the first event of all when given no position', async () => {
      const { events } = await take(store, 10, {});
      expect(idsOf(events.slice(0, 10))).toEqual(idsOf(await collect(store.readAll({ limit: 10 }))));
    });

    it('gives batches no larger than asked', async () => {
      const start = await store.append(newStream(), 'no-stream', sampleEvents(1));
      const events = sampleEvents(25);
      await store.append(newStream(), 'no-stream', events);
      const taken = await take(store, 25, { after: start.position, batchSize: 10 });
      // How full they are depends on how the events came over the network.
      for (const size of taken.sizes) expect(size).toBeLessThanOrEqual(10);
      expect(idsOf(taken.events)).toEqual(idsOf(events));
    });

    it('gives every one of several subscribers everything', async () => {
      const start = await store.append(newStream(), 'no-stream', sampleEvents(1));
      const subscribers = Array.from({ length: 5 }, () => take(store, 30, { after: start.position }));
      const batches = Array.from({ length: 10 }, () => sampleEvents(3));
      for (const events of batches) await store.append(newStream(), 'no-stream', events);
      for (const { events } of await Promise.all(subscribers)) expect(idsOf(events)).toEqual(idsOf(batches.flat()));
    });

    it('ends when its signal aborts, also while it waits and when it had aborted before', async () => {
      const head = await store.head();
      const abort = new AbortController();
      const waiting = collect(store.subscribe({ ...(head && { after: head }), signal: abort.signal }));
      setTimeout(() => {
        abort.abort();
      }, 30);
      expect(await waiting).toEqual([]);
      expect(await collect(store.subscribe({ signal: abort.signal }))).toEqual([]);
    });

    it('ends when the store is closed', async () => {
      const other = harness().another();
      const head = await store.head();
      const signal = new AbortController().signal;
      const waiting = collect(other.subscribe({ ...(head && { after: head }), signal }));
      await other.close();
      expect(await waiting).toEqual([]);
    });
  });
}
