/**
 * The port behind which the log of record lives. Everything above it is the same whichever adapter serves it.
 * One contract suite (test/contracts/event-store) says what every adapter must do.
 */

/**
 * A place in the order of the whole log. Two halves, compared as a pair (commit first); never a Number, since both
 * outgrow 2^53. As text: `<commit>.<prepare>`, which `parsePosition` reads back.
 */
export type Position = { readonly commit: bigint; readonly prepare: bigint };

/** The state a stream must be in for an append to succeed: no stream yet, or exactly this revision as its last. */
export type ExpectedRevision = 'no-stream' | bigint;

/** Who, why and when: what every event carries beside its data. Instants are RFC 3339 with milliseconds, UTC. */
type EventMetadata = {
  readonly tenantId: string;
  readonly actor: { readonly id: string; readonly role: string };
  readonly onBehalfOf?: string;
  /** When it happened; may be backdated, never in the future. */
  readonly occurredAt: string;
  /** When we learned of it; never goes back within a stream. */
  readonly recordedAt: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly commandId: string;
};

/** An event on its way into the log. `data` is JSON; numbers beyond 2^53 travel as decimal strings. */
export type NewEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
  readonly metadata: EventMetadata;
};

/** An event as the log holds it. */
export type StoredEvent = NewEvent & {
  readonly stream: string;
  /** Counts from 0 within its stream, without gaps. */
  readonly revision: bigint;
  readonly position: Position;
};

export type AppendResult = {
  /** Of the last event appended. */
  readonly revision: bigint;
  /** Of the last event appended. */
  readonly position: Position;
};

export type Append = {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly NewEvent[];
};

export type EventStore = {
  /**
   * Appends all the events or none. The same event ids again with the same expected revision are the same append: the
   * first answer is given again and nothing is written twice.
   * @throws {WrongExpectedRevision} the stream is not at `expectedRevision` and the events are not there already.
   * @throws {AppendOutcomeUnknown} the answer was lost and the stream could not be asked either.
   * @throws {EventStoreUnavailable} the store can't be reached; nothing was written.
   */
  append(stream: string, expectedRevision: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;

  /** The stream's events in order from `from` (default 0), read in pages; an absent stream is an empty one. */
  readStream(stream: string, options?: { from?: bigint; limit?: number }): AsyncIterable<StoredEvent>;

  /** Every event after `after` in log order up to the head at the time of the call, read in pages. */
  readAll(options?: { after?: Position; limit?: number }): AsyncIterable<StoredEvent>;

  /**
   * Every event after `after`, in log order, and then those to come, in batches of at most `batchSize`. Ends when
   * `signal` aborts. Never passes over an event, whatever transactions are still open.
   */
  subscribe(options: {
    after?: Position;
    batchSize?: number;
    signal: AbortSignal;
  }): AsyncIterable<readonly StoredEvent[]>;

  /** Position of the newest event a subscriber can be given; null when the log is empty. */
  head(): Promise<Position | null>;

  /** How many events there are after `after`. For adapters that can tell without reading them. */
  countAfter?(after: Position | null): Promise<number>;

  /** The stream's last revision; null for an absent stream. */
  streamRevision(stream: string): Promise<bigint | null>;

  /** The events of `eventIds` that are in the stream, in stream order. */
  findInStream(stream: string, eventIds: readonly string[]): Promise<readonly StoredEvent[]>;

  /** Ends subscriptions and releases what the adapter holds. */
  close(): Promise<void>;
};

/** The stream is at another revision than the append expected. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: bigint | null,
  ) {
    super(`Stream ${stream} is at revision ${String(actual)}, the append expected ${String(expected)}.`);
    this.name = 'WrongExpectedRevision';
  }
}

/** The log can't be reached. Nothing was written. */
export class EventStoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EventStoreUnavailable';
  }
}

/** The append may or may not have happened; a retry with the same event ids finds out without doing it twice. */
export class AppendOutcomeUnknown extends Error {
  constructor(
    readonly stream: string,
    options?: ErrorOptions,
  ) {
    super(`Whether the append to ${stream} happened is not known.`, options);
    this.name = 'AppendOutcomeUnknown';
  }
}
