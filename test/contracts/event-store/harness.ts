import type { Append, EventStore } from '../../../src/event-store/event-store';

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
  /** In bytes, where the store takes no more in one append. At least 1 MiB. */
  readonly largestAppend?: number;
  close(): Promise<void>;
};
