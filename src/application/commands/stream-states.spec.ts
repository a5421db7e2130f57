import { newStream, sampleEvents } from '../../../test/support/sample-events';
import type { EventStore, StoredEvent } from '../../event-store/event-store';
import { createLogger } from '../../platform/logging';
import { createStreamStates } from './stream-states';

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
    const store = { readStream: () => readings.shift()?.() } as Partial<EventStore> as EventStore;
    const snapshots = { load: () => Promise.resolve(null), save: () => Promise.resolve() };
    const fold = { version: '1', evolve: (state: { count: number } | null) => ({ count: (state?.count ?? 0) + 1 }) };
    const states = createStreamStates(store, snapshots, fold, createLogger('silent'));

    const slow = states.load(stream);
    states.advance(stream, await states.load(stream), [second], 1n);
    goOn();

    expect(await slow).toMatchObject({ state: { count: 2 }, revision: 1n });
    expect(states.peek(stream)).toMatchObject({ state: { count: 2 }, revision: 1n });
  });
});
