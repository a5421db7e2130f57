import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { LoggedEvent } from './logged';
import { withStructuredId } from './messages';

/** Its answers are of either shape: the service is registered with a serializer that knows both. */
export type ReadCall = ServerWritableStream<ReadReq, ReadResp | Buffer>;

/** Writes answers no faster than the reader takes them. What it gives back is whether the call goes on. */
export type Sender = {
  /** True at once while the reader keeps up, else a promise that waits for it. */
  event(event: LoggedEvent): true | Promise<boolean>;
  send(answer: ReadResp): Promise<boolean>;
  /** Since when the reader has not taken what was written, in ms of `performance.now()`; undefined when it keeps up. */
  readonly blockedSince: number | undefined;
  readonly ended: boolean;
  silence(): void;
};

type Options = {
  readonly structuredIds: boolean;
  /** A fault to meet after so many events; it says whether the call goes on. */
  readonly afterEvents?: number;
  readonly meet?: () => Promise<boolean>;
};

export function createSender(call: ReadCall, { structuredIds, afterEvents, meet }: Options): Sender {
  let sent = 0;
  let ended = false;
  let silent = false;
  let blockedSince: number | undefined;
  let wake: (() => void) | undefined;
  const resume = () => {
    blockedSince = undefined;
    wake?.();
    wake = undefined;
  };
  const end = () => {
    ended = true;
    resume();
  };
  call.on('drain', resume);
  for (const event of ['cancelled', 'close', 'error', 'finish']) call.on(event, end);

  const drained = async (): Promise<boolean> => {
    blockedSince ??= performance.now();
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    return !ended;
  };

  const write = (answer: ReadResp | Buffer): true | Promise<boolean> => {
    if (ended || silent) return Promise.resolve(false);
    return call.write(answer) ? true : drained();
  };

  const metThen = async (event: LoggedEvent): Promise<boolean> => {
    if (!(await meet?.())) {
      silent = true;
      return false;
    }
    return write(shapeOf(event));
  };
  const shapeOf = (event: LoggedEvent) => (structuredIds ? withStructuredId(event.frame) : event.frame);

  return {
    event: (event) => {
      sent += 1;
      return sent - 1 === afterEvents ? metThen(event) : write(shapeOf(event));
    },
    send: async (answer) => write(answer),
    get blockedSince() {
      return blockedSince;
    },
    get ended() {
      return ended || silent;
    },
    silence: () => {
      silent = true;
    },
  };
}
