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

/**
 * An event that stands in the log but can't be read by this code: somebody else wrote it, or a newer release did. It
 * keeps its place in the order, so that readers can tell that they lack it.
 */
export type OpaqueEvent = Pick<StoredEvent, 'stream' | 'revision' | 'position' | 'eventId' | 'type'> & {
  /** As far as the log can tell; RFC 3339 with milliseconds, UTC. */
  readonly recordedAt: string;
  /** Why it can't be read, as a sentence. */
  readonly problem: string;
};

/** What a reader of the whole log comes across. */
export type LogEvent = StoredEvent | OpaqueEvent;

/** The next events in log order, and the place up to which there is nothing else that a subscriber must see. */
export type LogBatch = {
  /** Empty where the reader only came past what others wrote. */
  readonly events: readonly LogEvent[];
  /** To go on from; at or after the last of `events`. */
  readonly upTo: Position;
};

export function isOpaque(event: LogEvent): event is OpaqueEvent {
  return 'problem' in event;
}

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
   * @throws {AppendTooLarge} more than the store takes at once, where it has such a limit; nothing was written.
   */
  append(stream: string, expectedRevision: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;

  /**
   * The stream's events in order from `from` (default 0), read in pages; an absent stream is an empty one.
   * @throws {UnreadableEvent} from the first event on that this code can't read.
   */
  readStream(stream: string, options?: { from?: bigint; limit?: number }): AsyncIterable<StoredEvent>;

  /** Every event after `after` in log order up to the head at the time of the call, read in pages. */
  readAll(options?: { after?: Position; limit?: number }): AsyncIterable<LogEvent>;

  /**
   * Every event after `after`, in log order, and then those to come, in batches of at most `batchSize` events. Ends when
   * `signal` aborts. Never passes over an event, whatever transactions are still open; goes on by itself after the last
   * batch when the log can't be reached for a while.
   */
  subscribe(options: {
    after?: Position;
    batchSize?: number;
    signal: AbortSignal;
    /** Told of each failed try to reach the log, and with null once it answers again. */
    onTrouble?: (trouble: SubscriptionTrouble | null) => void;
  }): AsyncIterable<LogBatch>;

  /** Position of the newest event a subscriber can be given; null when the log is empty. */
  head(): Promise<Position | null>;

  /** How many events there are after `after`. For adapters that can tell without reading them. */
  countAfter?(after: Position | null): Promise<number>;

  /**
   * Which log this is, the same for as long as it exists: positions of one log mean nothing in another.
   * At most 100 characters.
   */
  logId(): Promise<string>;

  /** The stream's last revision; null for an absent stream. */
  streamRevision(stream: string): Promise<bigint | null>;

  /**
   * The events of `eventIds` that are in the stream, in stream order.
   * @throws {UnreadableEvent} one of them can't be read by this code.
   */
  findInStream(stream: string, eventIds: readonly string[]): Promise<readonly StoredEvent[]>;

  /** Ends subscriptions and releases what the adapter holds. */
  close(): Promise<void>;
};

/** Tries in a row that failed, and how the last one did. */
export type SubscriptionTrouble = { readonly attempts: number; readonly error: Error };

/** An adapter that also takes many streams' events at once, each append as in `append`: to fill or copy a log. */
export type BulkEventStore = EventStore & {
  /**
   * Answers in the order of `appends`, which are not one transaction: those before a failure may stay.
   * @throws what `append` throws, for the first that fails.
   */
  appendMany(appends: readonly Append[]): Promise<readonly AppendResult[]>;
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

/** The append holds more than the store takes at once. Nothing was written, and the same append would never be. */
export class AppendTooLarge extends Error {
  constructor(
    readonly stream: string,
    /** In bytes, over all events of an append with their metadata. */
    readonly limit: number,
  ) {
    super(`The append to ${stream} is larger than the ${limit} bytes that the event log takes at once.`);
    this.name = 'AppendTooLarge';
  }
}

/** An event that this code can't understand: somebody else wrote it, or most likely newer code did. */
export class UnreadableEvent extends Error {
  constructor(readonly event: OpaqueEvent) {
    super(
      `${event.type} (event ${event.eventId}, ${event.stream} at ${event.revision}) can't be read: ${event.problem}`,
    );
    this.name = 'UnreadableEvent';
  }
}
