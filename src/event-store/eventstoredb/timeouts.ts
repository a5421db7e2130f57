import type { Backoff } from '../backoff';

/** How long the adapter waits for what, in milliseconds. The client itself would wait for ever in most of these places. */
export type EventStoreDbTimeouts = {
  /** For a connection. Default 3 s. */
  readonly connect: number;
  /** For the answer to an append; the connection counts as broken afterwards. Default 5 s. */
  readonly append: number;
  /** For the next event of a read. Default 5 s. */
  readonly read: number;
  /** Before a subscription that hears nothing compares itself with the head of the log. Default 10 s. */
  readonly silence: number;
  /** From the first failure on: how long appends and reads are tried again. Default 15 s. */
  readonly giveUp: number;
  /** Between those tries. Default from 50 ms to 2 s. */
  readonly retry: Backoff;
  /** Between a subscription's tries to be resumed. Default from 100 ms to 5 s. */
  readonly resubscribe: Backoff;
};

/** A leader's successor is chosen in about five seconds, so `giveUp` outlasts it. */
export const DEFAULT_TIMEOUTS: EventStoreDbTimeouts = {
  connect: 3_000,
  append: 5_000,
  read: 5_000,
  silence: 10_000,
  giveUp: 15_000,
  retry: { firstMs: 50, capMs: 2_000 },
  resubscribe: { firstMs: 100, capMs: 5_000 },
};
