import type { sendUnaryData, ServerReadableStream, ServiceError } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { AppendResp, type AppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { AppendOutcome } from './event-log';
import { expectationOf, type Expected } from './expected';
import { empty, readUuid, streamName, type ProposedEvent } from './messages';
import { faultyCall, refusal, type Node } from './node';
import { maxAppendSizeExceeded, rpcError, streamDeleted, timedOut } from './rpc-errors';

type Proposal = AppendReq.ProposedMessage;

/** What the server counts against its limit: the data alone. */
export function sizeOf(events: readonly ProposedEvent[]): number {
  return events.reduce((size, event) => size + event.data.length, 0);
}

/** A proposed event of either kind of append. */
export function proposedEvent(
  message: Pick<Proposal, 'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'>,
): ProposedEvent {
  const properties = message.getMetadataMap();
  return {
    id: readUuid(message.getId()),
    type: properties.get('type') ?? '',
    isJson: properties.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function expectedOf(options: AppendReq.Options): Expected | undefined {
  return expectationOf({
    revision: options.hasRevision() ? options.getRevision() : undefined,
    noStream: options.hasNoStream(),
    any: options.hasAny(),
    streamExists: options.hasStreamExists(),
  });
}

/** Append: one call for one append; first its options, then its events. */
export function handleAppend(node: Node) {
  return (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    const events: ProposedEvent[] = [];
    let options: AppendReq.Options | undefined;
    let missing: string | undefined;
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const proposal = request.getProposedMessage();
      if (!proposal) return;
      missing ??= ['type', 'content-type'].find((key) => !proposal.getMetadataMap().has(key));
      events.push(proposedEvent(proposal));
    });
    call.on('error', () => undefined);
    call.on('end', () => {
      const fail = (error: ServiceError) => {
        answer(error);
      };
      const expected = options && expectedOf(options);
      if (!options || expected === undefined) {
        fail(
          options
            ? rpcError(status.INVALID_ARGUMENT, "'None' is not a valid ExpectedStreamRevisionOneofCase")
            : rpcError(status.UNKNOWN, 'Exception was thrown by handler.'),
        );
        return;
      }
      if (missing !== undefined) {
        fail(requiredPropertyMissing(missing));
        return;
      }
      const stream = streamName(options.getStreamIdentifier());
      appendUnderFaults(node, call, { stream, expected, events }, answer).catch(fail);
    });
  };
}

async function appendUnderFaults(
  node: Node,
  call: ServerReadableStream<AppendReq, AppendResp>,
  { stream, expected, events }: { stream: string; expected: Expected; events: ProposedEvent[] },
  answer: sendUnaryData<AppendResp>,
): Promise<void> {
  const fail = (error: ServiceError) => {
    answer(error);
  };
  const faulty = faultyCall(node, call, fail, () => {
    fail(timedOut('Commit phase timeout.'));
  });
  const fault = node.faults.take('append', 'write');
  if (fault && fault.when !== 'after' && !(await node.faults.happen('append', fault, faulty))) return;
  const refused = refusal(node, call, 'write', stream);
  if (refused ?? sizeOf(events) > node.maxAppendSize) {
    fail(refused ?? maxAppendSizeExceeded(node.maxAppendSize));
    return;
  }
  const outcome = node.log.append(stream, expected, events);
  if (fault?.when === 'after' && !(await node.faults.happen('append', fault, faulty))) return;
  if (outcome.kind === 'deleted') fail(streamDeleted(stream));
  else answer(null, responseOf(outcome, expected));
}

function responseOf(outcome: Exclude<AppendOutcome, { kind: 'deleted' }>, expected: Expected): AppendResp {
  if (outcome.kind === 'written') {
    const success = new AppendResp.Success();
    if (outcome.revision < 0n) success.setNoStream(empty());
    else success.setCurrentRevision(outcome.revision.toString());
    const at = outcome.position.toString();
    success.setPosition(new AppendResp.Position().setCommitPosition(at).setPreparePosition(at));
    return new AppendResp().setSuccess(success);
  }
  const wrong = new AppendResp.WrongExpectedVersion();
  if (outcome.current < 0n) wrong.setCurrentNoStream(empty());
  else wrong.setCurrentRevision(outcome.current.toString());
  if (typeof expected === 'bigint') wrong.setExpectedRevision(expected.toString());
  else if (expected === 'any') wrong.setExpectedAny(empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(empty());
  else wrong.setExpectedStreamExists(empty());
  return new AppendResp().setWrongExpectedVersion(wrong);
}

function requiredPropertyMissing(property: string): ServiceError {
  return rpcError(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });
}
