import type { Position } from '../event-store';
import { comparePositions } from '../position';

/** The log has what a subscription was not given. */
export class SubscriptionStalled extends Error {
  constructor() {
    super('The subscription is silent while the log goes on');
    this.name = 'SubscriptionStalled';
  }
}

export type Watchdog = {
  /**
   * Compares how far a subscription has come, that has been silent for a while, with the head of the log.
   * @throws {SubscriptionStalled} what was the head at the last comparison has not come since.
   */
  compare(upTo: Position | undefined): Promise<void>;
};

/**
 * A subscription that stalls gives no error. The head is looked at twice: what is new at the first look may be on its way,
 * what is still missing at the second, a whole silence later, is not.
 */
export function createWatchdog(head: () => Promise<Position | null>): Watchdog {
  let awaited: Position | undefined;
  return {
    compare: async (upTo) => {
      const reached = (place: Position) => upTo !== undefined && comparePositions(place, upTo) <= 0;
      if (awaited && !reached(awaited)) throw new SubscriptionStalled();
      const newest = await head();
      awaited = newest && !reached(newest) ? newest : undefined;
    },
  };
}
