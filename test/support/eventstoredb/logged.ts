import { ReadResp } from '@eventstore/db-client/generated/streams_pb';

/** An event of the log. Its commit and its prepare position are the same number, as for all that gRPC writes. */
export type LoggedEvent = {
  /** Its place in the order of the log, from 0. */
  readonly index: number;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly position: bigint;
  /** Where its record ends. */
  readonly end: bigint;
  /** The answer that carries it, ready to be sent. */
  readonly frame: Buffer;
};

export type LoggedStream = {
  readonly events: LoggedEvent[];
  /** Events before this revision were truncated. */
  truncateBefore: number;
  /** No more than its newest so many events are shown. */
  maxCount: number;
  softDeleted: boolean;
  tombstoned: boolean;
};

/** The first revision of a stream that is still shown. */
export function firstRevision({ events, truncateBefore, maxCount }: LoggedStream): number {
  return Math.max(truncateBefore, events.length - maxCount, 0);
}

/** What an event says, for tests that look into the log. */
export function contentOf(event: LoggedEvent): { data: unknown; metadata: unknown } {
  const recorded = ReadResp.deserializeBinary(event.frame).getEvent()?.getEvent();
  const parse = (bytes: Uint8Array | undefined): unknown =>
    bytes?.length ? JSON.parse(Buffer.from(bytes).toString('utf8')) : undefined;
  return { data: parse(recorded?.getData_asU8()), metadata: parse(recorded?.getCustomMetadata_asU8()) };
}
