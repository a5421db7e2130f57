import { randomBytes } from 'node:crypto';
import { AppendTooLarge, type EventStore } from '../../../src/event-store/event-store';
import { collect, newStream, sampleEvent, sampleEvents } from '../../support/sample-events';
import type { EventStoreHarness } from './harness';

const KILOBYTES = 1024;

export function describeContent(harness: () => EventStoreHarness): void {
  describe('what it keeps', () => {
    let store: EventStore;
    beforeAll(() => {
      store = harness().store;
    });

    it.each<[string, object]>([
      ['nested values', { list: [1, 'two', null, { three: [true, false] }], empty: {}, none: [] }],
      ['unicode', { text: 'Grüße, 世界, 👩🏽‍🤝‍👨🏻, \u202Eright to left', ключ: 'значение' }],
      ['control characters, quotes and what escapes', { text: '\u0000\u0001\t\r\n"\'\\ {a,b} $1 \\N \\.' }],
      ['halves of surrogate pairs', { high: '\ud83d', low: 'x\ude00' }],
      ['decimal strings beyond 2^53', { cents: '9007199254740993', precise: '0.1000000000000000055511151231257827' }],
      ['numbers at the edges', { big: 9007199254740991, small: -1e-7, zero: 0 }],
    ])('gives back %s as they came', async (_, data) => {
      const stream = newStream();
      const event = sampleEvent(data);
      await store.append(stream, 'no-stream', [event, sampleEvent(data)]);
      const [stored] = await collect(store.readStream(stream));
      expect(stored).toMatchObject(event);
      expect(stored?.data).toEqual(data);
    });

    it('gives back every field of an event and of its metadata', async () => {
      const stream = newStream();
      const event = sampleEvent({ text: 'x' }, { type: 'PlanAdapted', schemaVersion: 7 });
      const answer = await store.append(stream, 'no-stream', [event]);
      expect(await collect(store.readStream(stream))).toEqual([
        { ...event, stream, revision: 0n, position: answer.position },
      ]);
    });

    it('takes any text as the name of a stream', async () => {
      const stream = `${newStream()} "ü" 'x' \\ {,} 世界`;
      await store.append(stream, 'no-stream', sampleEvents(2));
      expect(await store.streamRevision(stream)).toBe(1n);
      expect(await collect(store.readStream(stream))).toHaveLength(2);
    });

    const large = () => sampleEvent({ text: randomBytes(450 * KILOBYTES).toString('hex') });

    it('keeps events of 900 KB, one by one, as many in one append as it takes, and beside small ones', async () => {
      const stream = newStream();
      const first = [large()];
      const many = harness().largestAppend === undefined ? 15 : 1;
      const rest = [sampleEvent({ n: 1 }), ...Array.from({ length: many }, large), sampleEvent({ n: 2 })];
      const [answer] = await Promise.all([
        store.append(stream, 'no-stream', first),
        store.append(newStream(), 'no-stream', sampleEvents(1)),
      ]);
      await store.append(stream, 0n, rest);
      for (let at = BigInt(rest.length); rest.length < 17; at += 1n) {
        const next = large();
        await store.append(stream, at, [next]);
        rest.push(next);
      }
      const stored = await collect(store.readStream(stream));
      expect(stored.map((event) => event.data)).toEqual([...first, ...rest].map((event) => event.data));
      const later = await collect(store.readAll({ after: answer.position }));
      expect(later.filter((event) => event.stream === stream)).toHaveLength(rest.length);
    });

    it('says so when an append is larger than it takes, and writes nothing', async () => {
      const limit = harness().largestAppend;
      if (limit === undefined) return;
      const stream = newStream();
      for (const events of [
        [large(), large()],
        [sampleEvent({ text: 'x'.repeat(limit) })],
        sampleEvents(1).concat(large(), large()),
      ]) {
        const error = await store.append(stream, 'no-stream', events).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(AppendTooLarge);
        expect(error).toMatchObject({ stream, limit });
      }
      expect(await store.streamRevision(stream)).toBeNull();
      expect(await store.append(stream, 'no-stream', [large()])).toMatchObject({ revision: 0n });
    });
  });
}
