import type { ServiceError } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { firstRevision, type LoggedEvent, type LoggedStream } from './logged';
import { createFilter, visibleInAll, type EventFilter } from './filters';
import { streamName, streamNotFound } from './messages';
import { faultyCall, refusal, type Node } from './node';
import { rpcError, streamDeleted } from './rpc-errors';
import { createSender, type ReadCall, type Sender } from './sender';
import { subscribe } from './subscribe';

const FORWARDS = ReadReq.Options.ReadDirection.FORWARDS;

/** Read: of a stream or of `$all`, either way, up to a count or going on as a subscription. */
export function handleRead(node: Node) {
  return (call: ReadCall): void => {
    const options = call.request.getOptions();
    if (!options) {
      call.emit('error', rpcError(status.UNKNOWN, 'Exception was thrown by handler.'));
      return;
    }
    readUnderFaults(node, call, options).catch((error: unknown) => {
      call.emit('error', rpcError(status.UNKNOWN, String(error)));
    });
  };
}

async function readUnderFaults(node: Node, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const method = options.hasSubscription() ? 'subscribe' : 'read';
  const fail = (error: ServiceError) => {
    call.emit('error', error);
  };
  const faulty = faultyCall(node, call, fail);
  const fault = node.faults.take(method);
  const midway = fault?.afterEvents;
  if (fault && midway === undefined && fault.when !== 'after') {
    if (!(await node.faults.happen(method, fault, faulty))) return;
  }
  const stream = options.getStream();
  const refused = refusal(node, call, 'read', stream ? streamName(stream.getStreamIdentifier()) : '$all');
  if (refused) {
    fail(refused);
    return;
  }
  const sender = createSender(call, {
    structuredIds: options.getUuidOption()?.hasString() !== true,
    ...(fault &&
      midway !== undefined && { afterEvents: midway, meet: () => node.faults.happen(method, fault, faulty) }),
  });
  if (options.hasSubscription()) {
    subscribe(node, call, options, sender);
    return;
  }
  const done = stream ? await readStream(node, stream, options, sender) : await readAll(node, options, sender);
  if (fault?.when === 'after' && midway === undefined && !(await node.faults.happen(method, fault, faulty))) return;
  if (done instanceof Error) fail(done);
  else if (done) call.end();
}

/** Resolves to whether the call may end; an error ends it. */
type Ending = boolean | ServiceError;

async function readStream(
  node: Node,
  from: ReadReq.Options.StreamOptions,
  options: ReadReq.Options,
  sender: Sender,
): Promise<Ending> {
  const name = streamName(from.getStreamIdentifier());
  const stream = node.log.stream(name);
  if (stream?.tombstoned) return streamDeleted(name);
  if (!stream || stream.softDeleted || stream.events.length === 0) return sender.send(streamNotFound(name));
  const forwards = options.getReadDirection() === FORWARDS;
  const count = Number(options.getCount());
  if (count === 0 || (from.hasEnd() && forwards)) return rpcError(status.UNKNOWN, 'Unexpected ReadStreamResult: Error');
  const last = stream.events.length - 1;
  const start = from.hasEnd() ? last : from.hasRevision() ? Number(from.getRevision()) : 0;
  const events = forwards ? forwardsIn(stream, start) : backwardsIn(stream, start);
  const compatible = (options.getControlOption()?.getCompatibility() ?? 0) >= 1;
  if (forwards && compatible && start > last) {
    if (!(await sender.send(new ReadResp().setFirstStreamPosition(String(last + 1))))) return false;
  }
  if (!(await sendUpTo(count, events, () => true, sender))) return false;
  return compatible && forwards ? sender.send(new ReadResp().setLastStreamPosition(String(last))) : true;
}

async function readAll(node: Node, options: ReadReq.Options, sender: Sender): Promise<Ending> {
  const { log } = node;
  const from = options.getAll();
  const filter = options.getFilter();
  const allowed = filter ? createFilter(filter) : visibleInAll;
  const forwards = options.getReadDirection() === FORWARDS;
  const at = from?.getPosition();
  if (at && BigInt(at.getPreparePosition()) > BigInt(at.getCommitPosition())) {
    return rpcError(status.UNKNOWN, 'Exception was thrown by handler.');
  }
  const count = Number(options.getCount());
  const position = BigInt(at?.getCommitPosition() ?? 0);
  const readable = log.isBoundary(position) && (forwards || position <= log.end);
  if (!readable) return rpcError(status.UNKNOWN, 'Unexpected ReadAllResult: Error');
  // The server reads on for ever then, without a page that ends it.
  if (count === 0) return false;
  const start = from?.hasEnd() ? log.events.length : log.indexFrom(position);
  const events = forwards ? upwards(log.events, start) : downwards(log.events, start - 1);
  return sendUpTo(count, events, allowed, sender);
}

async function sendUpTo(
  count: number,
  events: Iterable<LoggedEvent>,
  allowed: EventFilter,
  sender: Sender,
): Promise<boolean> {
  let sent = 0;
  for (const event of events) {
    if (!allowed(event)) continue;
    const waits = sender.event(event);
    if (waits !== true && !(await waits)) return false;
    sent += 1;
    if (sent >= count) break;
  }
  return true;
}

const forwardsIn = (stream: LoggedStream, from: number) =>
  upwards(stream.events, Math.max(from, firstRevision(stream)));

function* backwardsIn(stream: LoggedStream, from: number): Generator<LoggedEvent> {
  for (const event of downwards(stream.events, Math.min(from, stream.events.length - 1))) {
    if (event.revision < BigInt(firstRevision(stream))) return;
    yield event;
  }
}

/** Up to what is there when it gets there. */
function* upwards(events: readonly LoggedEvent[], from: number): Generator<LoggedEvent> {
  for (let index = from; index < events.length; index += 1) {
    const event = events[index];
    if (event) yield event;
  }
}

function* downwards(events: readonly LoggedEvent[], from: number): Generator<LoggedEvent> {
  for (let index = from; index >= 0; index -= 1) {
    const event = events[index];
    if (event) yield event;
  }
}
