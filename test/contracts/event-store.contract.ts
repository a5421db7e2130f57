import type { Append, EventStore } from '../../src/event-store/event-store';
import { describeAppending } from './event-store/appending';
import { describeContent } from './event-store/content';
import { describeFaults } from './event-store/faults';
import { describeOrder } from './event-store/order';
import { describeReading } from './event-store/reading';
import { describeSubscriptions } from './event-store/subscriptions';

/** A writer whose transaction is open: its events have their place in the log and may still not come to be. */
export type OpenWriter = {
  commit(): Promise<void>;
  rollBack(): Promise<void>;
};

/** A store behind a network that can be broken; it gives up on a lost answer after a few short tries. */
export type FaultyNetwork = {
  readonly store: EventStore;
  loseNextRequest(): void;
  /** Resolves when an answer was lost. */
  loseNextAnswer(): Promise<void>;
  cutOff(): void;
  restore(): void;
};

/** What an adapter brings to be examined: an empty log of its own, which no one else writes to. */
export type EventStoreHarness = {
  readonly store: EventStore;
  /** Another store on the same log, as another process would have it. The caller closes it. */
  another(): EventStore;
  /** Where an append can be held open by the store's own means. */
  readonly openWriter?: (append: Append) => Promise<OpenWriter>;
  readonly network?: FaultyNetwork;
  close(): Promise<void>;
};

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
