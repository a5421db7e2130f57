import type { ServerDuplexStream, ServiceError } from '@grpc/grpc-js';
import type { UUID as Uuid } from '@eventstore/db-client/generated/shared_pb';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { proposedEvent, sizeOf } from './append';
import { answerOf, badRequest, denied, timedOut, tooLarge, unready } from './batch-answers';
import { expectationOf, type Expected } from './expected';
import { readUuid, streamIdentifier, streamName, structuredUuid, type ProposedEvent } from './messages';
import { faultyCall, roleRefusal, type Node } from './node';
import { unauthenticated } from './rpc-errors';

type Pending = {
  readonly correlationId: Uuid | undefined;
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ProposedEvent[];
  size: number;
};

/** How long the server waits for the rest of an append. */
const WRITE_TIMEOUT_MS = 2_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * BatchAppend: one call for many appends, each told by its correlation id and answered when it is done. Half closing it
 * doesn't end it, but the next answer does: so the real server.
 */
export function handleBatchAppend(node: Node) {
  return (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const pending = new Map<string, Pending>();
    const timers = new Set<NodeJS.Timeout>();
    let over = false;
    let closing = false;
    const fail = (error: ServiceError) => {
      if (!over) call.emit('error', error);
      over = true;
    };
    const respond = (answer: BatchAppendResp, { correlationId, stream }: Pick<Pending, 'correlationId' | 'stream'>) => {
      if (over || call.cancelled || call.destroyed) return;
      call.write(answer.setCorrelationId(correlationId).setStreamIdentifier(streamIdentifier(stream)));
      if (!closing) return;
      over = true;
      call.end();
    };
    const caller = node.access.who(call.metadata);
    if (!caller) {
      fail(unauthenticated());
      return;
    }

    /** An append that is begun and not ended is given up, also when one of its events was refused. */
    const giveUpLater = (append: Pending, id: string) => {
      timers.add(
        setTimeout(() => {
          if (pending.delete(id)) respond(timedOut(), { ...append, correlationId: structuredUuid(id) });
        }, WRITE_TIMEOUT_MS),
      );
    };

    const finish = async (append: Pending): Promise<void> => {
      const faulty = faultyCall(node, call, fail, () => {
        respond(timedOut(), append);
      });
      const fault = node.faults.take('batchAppend', 'write');
      if (fault && fault.when !== 'after' && !(await node.faults.happen('batchAppend', fault, faulty))) return;
      const refused = roleRefusal(node, call, 'write');
      if (refused && node.role() === 'follower') fail(refused);
      else if (refused) respond(unready(refused.details), append);
      if (refused) return;
      const outcome = node.log.append(append.stream, append.expected, append.events);
      if (fault?.when === 'after' && !(await node.faults.happen('batchAppend', fault, faulty))) return;
      respond(answerOf(outcome, append.stream, append.expected), append);
    };

    call.on('data', (request: BatchAppendReq) => {
      const correlationId = request.getCorrelationId();
      const id = readUuid(correlationId);
      const options = request.getOptions();
      if (options) {
        const stream = streamName(options.getStreamIdentifier());
        const expected = expectedOf(options);
        const refused = !node.access.may(caller, 'write', stream)
          ? denied()
          : stream === '' || expected === undefined
            ? badRequest('Required field not set.')
            : hasPassed(options)
              ? timedOut()
              : undefined;
        if (refused) respond(refused, { correlationId, stream });
        else if (expected !== undefined) pending.set(id, { correlationId, stream, expected, events: [], size: 0 });
      }
      const append = pending.get(id);
      if (!append) return;
      const events = request.getProposedMessagesList().map(proposedEvent);
      append.events.push(...events);
      append.size += sizeOf(events);
      const refused = fault(events);
      const sized = append.size <= node.maxAppendSize;
      if (options && (refused || !request.getIsFinal())) giveUpLater(append, id);
      if (!sized || (request.getIsFinal() && !refused)) pending.delete(id);
      if (refused) respond(refused, append);
      else if (!sized) respond(tooLarge(node.maxAppendSize), append);
      else if (request.getIsFinal()) finish(append).catch(fail);
    });
    call.on('error', () => undefined);
    call.on('close', () => {
      for (const timer of timers) clearTimeout(timer);
    });
    call.on('end', () => {
      closing = true;
    });
  };
}

/** What is wrong with events whatever the stream. */
function fault(events: readonly ProposedEvent[]): BatchAppendResp | undefined {
  const sound = events.every(({ id, type }) => UUID.test(id) && id !== NIL && type !== '');
  return sound ? undefined : badRequest('An event has no id or no type.');
}

function expectedOf(options: BatchAppendReq.Options): Expected | undefined {
  return expectationOf({
    revision: options.hasStreamPosition() ? options.getStreamPosition() : undefined,
    noStream: options.hasNoStream(),
    any: options.hasAny(),
    streamExists: options.hasStreamExists(),
  });
}

function hasPassed(options: BatchAppendReq.Options): boolean {
  const deadline = options.getDeadline();
  return deadline !== undefined && deadline.toDate().getTime() <= Date.now();
}
