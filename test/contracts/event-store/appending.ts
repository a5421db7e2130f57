import {
  WrongExpectedRevision,
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
} from '../../../src/event-store/event-store';
import { comparePositions } from '../../../src/event-store/position';
import { collect, idsOf, newStream, sampleEvent, sampleEvents } from '../../support/sample-events';
import type { EventStoreHarness } from './harness';

/** How an append ended: its answer, or the error's name, whatever else was to come. */
async function ended(append: Promise<AppendResult>): Promise<AppendResult | string> {
  return append.catch((error: unknown) => (error instanceof Error ? error.name : String(error)));
}

export function describeAppending(harness: () => EventStoreHarness): void {
  describe('appending', () => {
    let store: EventStore;
    beforeAll(() => {
      store = harness().store;
    });
    const idsIn = async (stream: string) => idsOf(await collect(store.readStream(stream)));

    it('begins a stream and answers with the place of its last event', async () => {
      const stream = newStream();
      const events = sampleEvents(3);
      const answer = await store.append(stream, 'no-stream', events);
      const stored = await collect(store.readStream(stream));
      expect(answer.revision).toBe(2n);
      expect(stored.map((event) => event.revision)).toEqual([0n, 1n, 2n]);
      expect(answer.position).toEqual(stored[2]?.position);
      expect(comparePositions(stored[0]!.position, stored[1]!.position)).toBeLessThan(0);
      expect(comparePositions(stored[1]!.position, stored[2]!.position)).toBeLessThan(0);
    });

    it('goes on from exactly the expected revision', async () => {
      const stream = newStream();
      const [a, b, c] = sampleEvents(3) as [NewEvent, NewEvent, NewEvent];
      await store.append(stream, 'no-stream', [a, b]);
      expect((await store.append(stream, 1n, [c])).revision).toBe(2n);
      expect(await idsIn(stream)).toEqual(idsOf([a, b, c]));
    });

    it.each<[string, number, ExpectedRevision, bigint | null]>([
      ['no stream, where there is one', 2, 'no-stream', 1n],
      ['an older revision', 2, 0n, 1n],
      ['a revision to come', 2, 2n, 1n],
      ['a revision of a stream that is absent', 0, 0n, null],
    ])('refuses an append that expects %s, and writes nothing', async (_, count, expected, actual) => {
      const stream = newStream();
      const before = sampleEvents(count);
      if (count > 0) await store.append(stream, 'no-stream', before);
      const error = await store.append(stream, expected, sampleEvents(2)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(WrongExpectedRevision);
      expect(error).toMatchObject({ stream, expected, actual });
      expect(await idsIn(stream)).toEqual(idsOf(before));
    });

    it('refuses an append without events', async () => {
      await expect(store.append(newStream(), 'no-stream', [])).rejects.toThrow(RangeError);
    });

    it('lets exactly one of those win who expect the same revision, in one process and in two', async () => {
      const other = harness().another();
      const stream = newStream();
      await store.append(stream, 'no-stream', sampleEvents(1));
      const attempts = Array.from({ length: 12 }, () => sampleEvents(2));
      const answers = await Promise.all(
        attempts.map((events, index) => ended((index % 2 === 0 ? store : other).append(stream, 0n, events))),
      );
      const won = attempts.filter((_, index) => typeof answers[index] !== 'string');
      expect(won).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'WrongExpectedRevision')).toHaveLength(11);
      expect((await idsIn(stream)).slice(1)).toEqual(idsOf(won.flat()));
      await other.close();
    });

    it('gives each append of a crowd its own outcome', async () => {
      const taken = newStream();
      await store.append(taken, 'no-stream', sampleEvents(1));
      const appends = Array.from({ length: 40 }, (_, index) => (index % 8 === 3 ? taken : newStream()));
      const answers = await Promise.all(
        appends.map((stream, index) => ended(store.append(stream, 'no-stream', sampleEvents(1 + (index % 3))))),
      );
      answers.forEach((answer, index) => {
        if (appends[index] === taken) expect(answer).toBe('WrongExpectedRevision');
        else expect(answer).toMatchObject({ revision: BigInt(index % 3) });
      });
    });

    it('keeps the order of appends to one stream that wait at the same moment', async () => {
      const stream = newStream();
      const events = sampleEvents(20);
      await Promise.all(
        events.map((event, index) => store.append(stream, index === 0 ? 'no-stream' : BigInt(index - 1), [event])),
      );
      expect(await idsIn(stream)).toEqual(idsOf(events));
    });

    describe('the same ids again', () => {
      it('are the same append, with the first answer', async () => {
        const stream = newStream();
        const events = sampleEvents(3);
        const first = await store.append(stream, 'no-stream', events);
        expect(await store.append(stream, 'no-stream', events)).toEqual(first);
        expect(await idsIn(stream)).toEqual(idsOf(events));
      });

      it('are so after the stream has moved on', async () => {
        const stream = newStream();
        const [first, second, third] = [sampleEvents(1), sampleEvents(2), sampleEvents(1)];
        await store.append(stream, 'no-stream', first);
        const answer = await store.append(stream, 0n, second);
        await store.append(stream, 2n, third);
        expect(await store.append(stream, 0n, second)).toEqual(answer);
        expect(await idsIn(stream)).toEqual(idsOf([...first, ...second, ...third]));
      });

      it('are so at the same moment, from one process and from two', async () => {
        const other = harness().another();
        const stream = newStream();
        const events = sampleEvents(2);
        const answers = await Promise.all(
          [store, other, store, other].map((one) => one.append(stream, 'no-stream', events)),
        );
        expect(new Set(answers.map((answer) => answer.position.commit)).size).toBe(1);
        expect(await idsIn(stream)).toEqual(idsOf(events));
        await other.close();
      });

      it.each<[string, (written: readonly NewEvent[]) => [ExpectedRevision, NewEvent[]]]>([
        ['some of them, with new ones', ([a]) => ['no-stream', [a!, sampleEvent()]]],
        ['all of them and one more', ([a, b]) => ['no-stream', [a!, b!, sampleEvent()]]],
        ['one of them at the end of the stream', ([a]) => [1n, [sampleEvent(), a!]]],
        ['all of them with another expected revision', ([a, b]) => [1n, [a!, b!]]],
        ['all of them in another order', ([a, b]) => ['no-stream', [b!, a!]]],
      ])('are a conflict when they are %s', async (_, again) => {
        const stream = newStream();
        const written = sampleEvents(2);
        await store.append(stream, 'no-stream', written);
        const [expected, events] = again(written);
        const error = await store.append(stream, expected, events).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(WrongExpectedRevision);
        expect(error).toMatchObject({ stream, actual: 1n });
        expect(await idsIn(stream)).toEqual(idsOf(written));
      });
    });
  });
}
