import type { EventStore } from '../../../src/event-store/event-store';
import { comparePositions } from '../../../src/event-store/position';
import { collect, idsOf, newStream, sampleEvents } from '../../support/sample-events';
import type { EventStoreHarness } from './harness';

export function describeReading(harness: () => EventStoreHarness): void {
  describe('reading', () => {
    let store: EventStore;
    beforeAll(() => {
      store = harness().store;
    });

    it('finds an absent stream empty', async () => {
      const stream = newStream();
      expect(await collect(store.readStream(stream))).toEqual([]);
      expect(await store.streamRevision(stream)).toBeNull();
      expect(await store.findInStream(stream, idsOf(sampleEvents(1)))).toEqual([]);
    });

    it('reads a stream of 10,000 events whole, from the middle and in part', async () => {
      const stream = newStream();
      const events = sampleEvents(10_000);
      for (let at = 0; at < events.length; at += 1000) {
        await store.append(stream, at === 0 ? 'no-stream' : BigInt(at - 1), events.slice(at, at + 1000));
      }
      const whole = await collect(store.readStream(stream));
      expect(idsOf(whole)).toEqual(idsOf(events));
      expect(whole.map((event) => event.revision)).toEqual(events.map((_, index) => BigInt(index)));
      expect(idsOf(await collect(store.readStream(stream, { from: 7777n })))).toEqual(idsOf(events.slice(7777)));
      const part = await collect(store.readStream(stream, { from: 100n, limit: 1234 }));
      expect(idsOf(part)).toEqual(idsOf(events.slice(100, 1334)));
      expect(await collect(store.readStream(stream, { from: 10_000n }))).toEqual([]);
      expect(await store.streamRevision(stream)).toBe(9999n);
    }, 30_000);

    it('keeps streams apart whose names begin alike', async () => {
      const stream = newStream();
      await store.append(stream, 'no-stream', sampleEvents(1));
      await store.append(`${stream}0`, 'no-stream', sampleEvents(2));
      expect(await collect(store.readStream(stream))).toHaveLength(1);
    });

    it('can be left in the middle', async () => {
      const stream = newStream();
      await store.append(stream, 'no-stream', sampleEvents(3));
      const seen: bigint[] = [];
      for await (const event of store.readStream(stream)) {
        seen.push(event.revision);
        if (seen.length === 2) break;
      }
      expect(seen).toEqual([0n, 1n]);
    });

    it('finds events of a stream by their ids, in stream order', async () => {
      const [stream, other] = [newStream(), newStream()];
      const events = sampleEvents(5);
      const others = sampleEvents(1);
      await store.append(stream, 'no-stream', events);
      await store.append(other, 'no-stream', others);
      const wanted = [events[3]!.eventId, others[0]!.eventId, events[1]!.eventId, ...idsOf(sampleEvents(1))];
      expect(idsOf(await store.findInStream(stream, wanted))).toEqual([events[1]!.eventId, events[3]!.eventId]);
    });

    it('reads the log from any place, up to its head and in part', async () => {
      const start = await store.append(newStream(), 'no-stream', sampleEvents(1));
      const streams = Array.from({ length: 700 }, newStream);
      await Promise.all(streams.map((stream) => store.append(stream, 'no-stream', sampleEvents(2))));
      const log = await collect(store.readAll({ after: start.position }));
      expect(log).toHaveLength(1400);
      expect(new Set(log.map((event) => event.stream))).toEqual(new Set(streams));
      log.slice(1).forEach((event, index) => {
        expect(comparePositions(log[index]!.position, event.position)).toBeLessThan(0);
      });
      expect(await store.head()).toEqual(log.at(-1)?.position);

      const middle = log[800]!.position;
      expect(idsOf(await collect(store.readAll({ after: middle })))).toEqual(idsOf(log.slice(801)));
      expect(idsOf(await collect(store.readAll({ after: middle, limit: 550 })))).toEqual(idsOf(log.slice(801, 1351)));
      expect(await collect(store.readAll({ after: log.at(-1)!.position }))).toEqual([]);
      if (store.countAfter) expect(await store.countAfter(middle)).toBe(599);
    });

    it('ends a read of the log where its head was when the read began', async () => {
      const start = await store.append(newStream(), 'no-stream', sampleEvents(3));
      await store.append(newStream(), 'no-stream', sampleEvents(3));
      let seen = 0;
      for await (const event of store.readAll({ after: start.position })) {
        seen += 1;
        await store.append(newStream(), 'no-stream', sampleEvents(1));
        expect(event.position).toBeDefined();
      }
      expect(seen).toBe(3);
    });
  });
}
