import { describeAppending } from './event-store/appending';
import { describeContent } from './event-store/content';
import { describeFaults } from './event-store/faults';
import type { EventStoreHarness } from './event-store/harness';
import { describeOrder } from './event-store/order';
import { describeReading } from './event-store/reading';
import { describeSubscriptions } from './event-store/subscriptions';

/**
 * What every event store must do. Written against the port: an adapter runs it with a harness of its own. Whatever the
 * stores offer to notice news without being told (polling) must be too slow for the test's time limit.
 */
export function describeEventStore(name: string, open: () => Promise<EventStoreHarness>): void {
  describe(`event store: ${name}`, () => {
    let harness: EventStoreHarness | undefined;
    const current = (): EventStoreHarness => {
      if (!harness) throw new Error('The harness is not open');
      return harness;
    };
    beforeAll(async () => {
      harness = await open();
    }, 60_000);
    afterAll(() => harness?.close());

    it('has no head while it is empty', async () => {
      expect(await current().store.head()).toBeNull();
    });

    describeAppending(current);
    describeContent(current);
    describeReading(current);
    describeSubscriptions(current);
    describeOrder(current);
    describeFaults(current);
  });
}
