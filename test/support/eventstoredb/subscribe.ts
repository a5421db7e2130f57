import { randomUUID } from 'node:crypto';
import { status, type ServiceError } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { firstRevision, type LoggedEvent, type LoggedStream } from './logged';
import { createFilter, visibleInAll, type EventFilter } from './filters';
import { caughtUp, checkpoint, confirmation, streamName } from './messages';
import type { Node, OpenSubscription } from './node';
import { rpcError, streamDeleted, timedOut } from './rpc-errors';
import type { ReadCall, Sender } from './sender';

/** The server reads its log in pages of so many events; it looks at as many for one where a filter names no window. */
const PAGE = 32;
/** A live reader that has so many events still to take is sent away, after a part of them. */
const LIVE_BUFFER = 256;
const PART_OF_A_BURST = 200;

/** What a subscription follows: one stream, or the log through a filter with its checkpoints. */
type Source = {
  readonly events: () => readonly LoggedEvent[];
  readonly allowed: EventFilter;
  /** How many events are looked at for one page. */
  readonly window: number;
  /** Events considered between two checkpoints; undefined where there are none. */
  readonly interval?: number;
  readonly ended?: () => ServiceError | undefined;
};

/** A read that goes on: confirmation, what is there in pages, caught-up, then what comes, with checkpoints. */
export function subscribe(node: Node, call: ReadCall, options: ReadReq.Options, sender: Sender): void {
  const source = sourceOf(node, options);
  const open: OpenSubscription = {
    end: (error) => {
      call.emit('error', error);
    },
    silence: () => {
      sender.silence();
    },
  };
  const position = options.getAll()?.getPosition();
  if (position && !node.log.isBoundary(BigInt(position.getCommitPosition()))) {
    open.end(rpcError(status.UNKNOWN, 'Exception was thrown by handler.'));
    return;
  }
  node.subscriptions.add(open);
  call.on('close', () => node.subscriptions.delete(open));
  call.on('cancelled', () => node.subscriptions.delete(open));
  follow(node, source, startOf(node, options, source), sender, open).catch(() => undefined);
}

async function follow(node: Node, source: Source, start: number, sender: Sender, open: OpenSubscription) {
  let cursor = start;
  let considered = 0;
  if (!(await sender.send(confirmation(randomUUID())))) return;

  // Caught up page by page. A checkpoint is the last event that its page sent, or else where the page before ended,
  // with a prepare position of 0: one of the reasons to keep both halves of a position.
  for (;;) {
    const events = source.events();
    let last: LoggedEvent | undefined;
    let sent = 0;
    const began = cursor;
    for (; cursor < events.length && sent < PAGE && cursor - began < source.window; cursor += 1) {
      const event = events[cursor];
      if (!event || !source.allowed(event)) continue;
      const waits = sender.event(event);
      if (waits !== true && !(await waits)) return;
      last = event;
      sent += 1;
    }
    considered += cursor - began;
    if (sent < PAGE && cursor - began < source.window) break;
    if (source.interval !== undefined && considered >= source.interval) {
      considered %= source.interval;
      const at = last ? checkpoint(last.position, last.position) : checkpoint(events[began - 1]?.end ?? 0n, 0n);
      if (!(await sender.send(at))) return;
    }
  }
  if (!(await sender.send(caughtUp()))) return;

  let pumping = false;
  const pump = async (): Promise<void> => {
    if (pumping) return;
    pumping = true;
    for (let event = source.events()[cursor]; event && !sender.ended; event = source.events()[cursor]) {
      cursor += 1;
      const waits = source.allowed(event) ? sender.event(event) : true;
      if (waits !== true && !(await waits)) break;
      considered += 1;
      if (source.interval !== undefined && considered >= source.interval) {
        considered = 0;
        if (!(await sender.send(checkpoint(event.position, event.position)))) break;
      }
    }
    pumping = false;
    const ending = source.ended?.();
    if (ending && !sender.ended) open.end(ending);
  };
  const waiting = () => source.events().slice(cursor).filter(source.allowed);
  const stop = node.log.onAppend(() => {
    if (sender.ended) stop();
    else if (source.events().length - cursor <= LIVE_BUFFER || waiting().length <= LIVE_BUFFER) void pump();
    else {
      stop();
      for (const event of waiting().slice(0, PART_OF_A_BURST)) void sender.event(event);
      node.faults.count('subscription too slow');
      open.end(timedOut('Consumer too slow to handle event while live. Client resubscription required.'));
    }
  });
  await pump();
}

function sourceOf(node: Node, options: ReadReq.Options): Source {
  const stream = options.getStream();
  if (stream) {
    const name = streamName(stream.getStreamIdentifier());
    return {
      events: () => node.log.stream(name)?.events ?? [],
      allowed: (event) => isShown(node.log.stream(name), event),
      window: Infinity,
      ended: () => (node.log.stream(name)?.tombstoned ? streamDeleted(name) : undefined),
    };
  }
  const events = () => node.log.events;
  const filter = options.getFilter();
  if (!filter) return { events, allowed: visibleInAll, window: Infinity };
  const window = filter.hasMax() ? filter.getMax() : PAGE;
  return {
    events,
    allowed: createFilter(filter),
    window,
    interval: filter.getCheckpointintervalmultiplier() * window,
  };
}

function isShown(stream: LoggedStream | undefined, event: LoggedEvent): boolean {
  return stream !== undefined && event.revision >= BigInt(firstRevision(stream));
}

/** The event after the one that the reader names. In `$all` that is the first one at or after its position. */
function startOf(node: Node, options: ReadReq.Options, source: Source): number {
  const stream = options.getStream();
  const all = options.getAll();
  if (stream?.hasEnd() ?? all?.hasEnd()) return source.events().length;
  if (stream?.hasRevision()) return Number(stream.getRevision()) + 1;
  const position = all?.getPosition();
  if (!position || position.getCommitPosition() === '0') return 0;
  const index = node.log.indexFrom(BigInt(position.getCommitPosition()));
  return Math.min(index + 1, node.log.events.length);
}
