import { Readable } from 'node:stream';
import { newStream, sampleEvents } from '../../../test/support/sample-events';
import type { EventStore, StoredEvent } from '../../event-store/event-store';
import type { Snapshot } from '../../event-store/snapshots';
import { createLogger } from '../../platform/logging';
import { createStreamStates } from './stream-states';

const fold = { version: '1', evolve: (state: { count: number } | null) => ({ count: (state?.count ?? 0) + 1 }) };

function storeOf(id: string, readStream: () => AsyncGenerator<StoredEvent> | undefined): EventStore {
  return { logId: () => Promise.resolve(id), readStream } as Partial<EventStore> as EventStore;
}

describe('the states of streams', () => {
  it('stay as new as anyone has seen them, also when a slower read ends later', async () => {
    const stream = newStream();
    const [first, second] = sampleEvents(2).map((event, n): StoredEvent => ({
      ...event,
      stream,
      revision: BigInt(n),
      position: { commit: BigInt(n), prepare: 0n },
    })) as [StoredEvent, StoredEvent];
    let goOn: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const readings: (() => AsyncGenerator<StoredEvent>)[] = [
      async function* () {
        yield first;
        await released;
      },
      async function* () {
        yield await Promise.resolve(first);
      },
    ];
    const store = storeOf('log-1', () => readings.shift()?.());
    const snapshots = { load: () => Promise.resolve(null), save: () => Promise.resolve() };
    const states = createStreamStates(store, snapshots, fold, createLogger('silent'));

    const slow = states.load(stream);
    states.advance(stream, await states.load(stream), [second], 1n);
    goOn();

    expect(await slow).toMatchObject({ state: { count: 2 }, revision: 1n });
    expect(states.peek(stream)).toMatchObject({ state: { count: 2 }, revision: 1n });
  });

  it('are not begun with a snapshot of another log', async () => {
    const stream = newStream();
    const kept = new Map<string, Snapshot>();
    const snapshots = {
      load: (_: string, version: string) => Promise.resolve(kept.get(version) ?? null),
      save: (_: string, version: string, snapshot: Snapshot) => Promise.resolve(void kept.set(version, snapshot)),
    };
    const events = sampleEvents(120).map((event, n) => ({
      ...event,
      stream,
      revision: BigInt(n),
      position: { commit: BigInt(n), prepare: 0n },
    }));
    const readings: (bigint | undefined)[] = [];
    const load = async (log: string) => {
      const store = {
        ...storeOf(log, () => undefined),
        readStream: (_: string, options?: { from?: bigint }) => {
          readings.push(options?.from);
          return Readable.from(events.slice(Number(options?.from ?? 0n)));
        },
      };
      return createStreamStates(store, snapshots, fold, createLogger('silent')).load(stream);
    };

    for (const log of ['log-1', 'log-1', 'log-2']) {
      expect(await load(log)).toMatchObject({ state: { count: 120 }, revision: 119n });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(readings).toEqual([0n, 120n, 0n]);
  });
});
