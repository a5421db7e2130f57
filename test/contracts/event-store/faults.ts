import { AppendOutcomeUnknown, EventStoreUnavailable, type AppendResult } from '../../../src/event-store/event-store';
import { collect, idsOf, newStream, sampleEvents } from '../../support/sample-events';
import type { EventStoreHarness, FaultyNetwork } from './harness';

export function describeFaults(harness: () => EventStoreHarness): void {
  describe('when the network fails', () => {
    /** Runs the test where the adapter has a network to break, with a connection that is in use already. */
    const onNetwork = (name: string, test: (network: FaultyNetwork) => Promise<void>) => {
      it(name, async () => {
        const { network } = harness();
        if (!network) return;
        await network.store.append(newStream(), 'no-stream', sampleEvents(1));
        await test(network);
      });
    };
    const idsIn = async (stream: string) => idsOf(await collect(harness().store.readStream(stream)));

    onNetwork('finds out the outcome of an append whose answer was lost', async (network) => {
      const stream = newStream();
      const events = sampleEvents(2);
      const lost = network.loseNextAnswer();
      const answer = await network.store.append(stream, 'no-stream', events);
      await lost;
      const stored = await collect(harness().store.readStream(stream));
      expect(idsOf(stored)).toEqual(idsOf(events));
      expect(answer).toEqual<AppendResult>({ revision: 1n, position: stored[1]!.position });
    });

    onNetwork('writes an append once that was lost on its way', async (network) => {
      const stream = newStream();
      const events = sampleEvents(2);
      network.loseNextRequest();
      await network.store.append(stream, 'no-stream', events);
      expect(await idsIn(stream)).toEqual(idsOf(events));
    });

    onNetwork('writes each append of a crowd once whose answers were lost together', async (network) => {
      const appends = Array.from({ length: 20 }, () => ({ stream: newStream(), events: sampleEvents(2) }));
      const lost = network.loseNextAnswer();
      await Promise.all(appends.map(({ stream, events }) => network.store.append(stream, 'no-stream', events)));
      await lost;
      for (const { stream, events } of appends) expect(await idsIn(stream)).toEqual(idsOf(events));
    });

    onNetwork(
      'says that the outcome is unknown when it cannot be found out, and the same append finds out',
      async (network) => {
        const stream = newStream();
        const events = sampleEvents(2);
        const lost = network.loseNextAnswer().then(() => {
          network.cutOff();
        });
        await expect(network.store.append(stream, 'no-stream', events)).rejects.toThrow(AppendOutcomeUnknown);
        await lost;
        network.restore();
        expect(await network.store.append(stream, 'no-stream', events)).toMatchObject({ revision: 1n });
        expect(await idsIn(stream)).toEqual(idsOf(events));
      },
    );

    onNetwork('says that the store is unavailable when nothing was sent', async (network) => {
      network.cutOff();
      const stream = newStream();
      // The connections in use have broken; these can't be made anew.
      await new Promise((resolve) => setTimeout(resolve, 20));
      await expect(network.store.append(stream, 'no-stream', sampleEvents(1))).rejects.toThrow(EventStoreUnavailable);
      await expect(collect(network.store.readStream(stream))).rejects.toThrow(EventStoreUnavailable);
      await expect(network.store.head()).rejects.toThrow(EventStoreUnavailable);
      network.restore();
      expect(await network.store.append(stream, 'no-stream', sampleEvents(1))).toMatchObject({ revision: 0n });
    });

    onNetwork('goes on with a subscription when the network is back', async (network) => {
      const start = await harness().store.append(newStream(), 'no-stream', sampleEvents(1));
      const abort = new AbortController();
      const batches = [sampleEvents(2), sampleEvents(2), sampleEvents(2)];
      const seen: string[] = [];
      const subscription = (async () => {
        for await (const batch of network.store.subscribe({ after: start.position, signal: abort.signal })) {
          seen.push(...idsOf(batch.events));
          if (seen.length >= 6) abort.abort();
        }
      })();
      await harness().store.append(newStream(), 'no-stream', batches[0]!);
      while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      network.cutOff();
      await harness().store.append(newStream(), 'no-stream', batches[1]!);
      network.restore();
      await harness().store.append(newStream(), 'no-stream', batches[2]!);
      await subscription;
      expect(seen).toEqual(idsOf(batches.flat()));
    });
  });
}
