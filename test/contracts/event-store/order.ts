import type { EventStore, LogEvent, Position } from '../../../src/event-store/event-store';
import { comparePositions } from '../../../src/event-store/position';
import { collect, idsOf, newStream, sampleEvents } from '../../support/sample-events';
import type { EventStoreHarness } from './harness';

const WRITERS = 16;
const APPENDS_EACH = 25;

/** A subscriber that keeps all it is given, resuming from its last position after every batch, as after a restart. */
function follow(store: EventStore, after: Position) {
  const stop = new AbortController();
  const seen: LogEvent[] = [];
  const done = (async () => {
    while (!stop.signal.aborted) {
      const from = seen.at(-1)?.position ?? after;
      for await (const batch of store.subscribe({ after: from, batchSize: 50, signal: stop.signal })) {
        seen.push(...batch.events);
        break;
      }
    }
  })();
  const reached = async (count: number) => {
    while (seen.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return {
    seen,
    reached,
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}

export function describeOrder(harness: () => EventStoreHarness): void {
  describe('the order of the log', () => {
    it(`passes over no event while ${WRITERS} write, one is held open and one is rolled back`, async () => {
      const { store, openWriter } = harness();
      const other = harness().another();
      const start = await store.append(newStream(), 'no-stream', sampleEvents(1));
      const reader = follow(store, start.position);
      const [kept, undone] = [sampleEvents(3), sampleEvents(3)];
      const written: string[] = [];

      const write = async (writer: EventStore, times: number) => {
        const stream = newStream();
        for (let turn = 0, revision = -1n; turn < times; turn += 1) {
          const events = sampleEvents(1 + (turn % 3));
          const answer = await writer.append(stream, revision < 0n ? 'no-stream' : revision, events);
          revision = answer.revision;
          written.push(...idsOf(events));
        }
      };
      const crowd = (times: number) =>
        Promise.all(Array.from({ length: WRITERS }, (_, index) => write(index % 2 ? store : other, times)));

      await crowd(APPENDS_EACH);
      const settled = written.length;
      const held = await openWriter?.({ stream: newStream(), expectedRevision: 'no-stream', events: kept });
      const lost = await openWriter?.({ stream: newStream(), expectedRevision: 'no-stream', events: undone });
      await crowd(APPENDS_EACH);
      await reader.reached(held ? settled : written.length);
      await lost?.rollBack();
      await crowd(2);
      await held?.commit();
      if (held) written.push(...idsOf(kept));
      await crowd(2);
      await reader.reached(written.length);
      await reader.stop();
      await other.close();

      expect(idsOf(reader.seen).sort()).toEqual([...written].sort());
      reader.seen.slice(1).forEach((event, index) => {
        expect(comparePositions(reader.seen[index]!.position, event.position)).toBeLessThan(0);
      });
      expect(idsOf(await collect(store.readAll({ after: start.position })))).toEqual(idsOf(reader.seen));
    }, 60_000);

    it('gives the events of a stream in the order of their revisions', async () => {
      const { store } = harness();
      const start = await store.append(newStream(), 'no-stream', sampleEvents(1));
      const streams = Array.from({ length: 8 }, newStream);
      await Promise.all(
        streams.map(async (stream) => {
          for (let turn = 0; turn < 10; turn += 1) {
            await store.append(stream, turn === 0 ? 'no-stream' : BigInt(turn * 2 - 1), sampleEvents(2));
          }
        }),
      );
      const next = new Map(streams.map((stream) => [stream, 0n]));
      for await (const event of store.readAll({ after: start.position })) {
        expect(event.revision).toBe(next.get(event.stream));
        next.set(event.stream, event.revision + 1n);
      }
      expect([...next.values()]).toEqual(streams.map(() => 20n));
    });
  });
}
