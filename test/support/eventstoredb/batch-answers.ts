import { Code } from '@eventstore/db-client/generated/code_pb';
import {
  AccessDenied,
  AllStreamPosition,
  BadRequest,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  Timeout,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import type { AppendOutcome } from './event-log';
import type { Expected } from './expected';
import { streamIdentifier } from './messages';

export const timedOut = () => refused(Code.DEADLINE_EXCEEDED, 'Timeout', new Timeout());

export const denied = () => refused(Code.PERMISSION_DENIED, 'AccessDenied', new AccessDenied());

export const badRequest = (message: string) =>
  refused(Code.INVALID_ARGUMENT, 'BadRequest', new BadRequest().setMessage(message));

export const tooLarge = (maximum: number) =>
  refused(
    Code.INVALID_ARGUMENT,
    'MaximumAppendSizeExceeded',
    new MaximumAppendSizeExceeded().setMaxappendsize(maximum),
  );

/** A server without a leader has a message for it, but neither a code nor details. */
export const unready = (message: string) => refused(Code.OK, message, new Empty(), 'google.protobuf.Empty');

export function answerOf(outcome: AppendOutcome, stream: string, expected: Expected): BatchAppendResp {
  if (outcome.kind === 'deleted') {
    const deleted = new StreamDeleted().setStreamIdentifier(streamIdentifier(stream));
    return refused(Code.NOT_FOUND, 'StreamDeleted', deleted);
  }
  if (outcome.kind === 'wrong-version') {
    return refused(Code.ALREADY_EXISTS, 'WrongExpectedVersion', wrongVersion(expected, outcome.current));
  }
  const at = outcome.position.toString();
  const success = new BatchAppendResp.Success();
  if (outcome.revision < 0n) success.setNoStream(new Empty());
  else success.setCurrentRevision(outcome.revision.toString());
  success.setPosition(new AllStreamPosition().setCommitPosition(at).setPreparePosition(at));
  return new BatchAppendResp().setSuccess(success);
}

function wrongVersion(expected: Expected, current: bigint): WrongExpectedVersion {
  const wrong = new WrongExpectedVersion();
  if (current < 0n) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(current.toString());
  if (typeof expected === 'bigint') return wrong.setExpectedStreamPosition(expected.toString());
  if (expected === 'any') return wrong.setExpectedAny(new Empty());
  return expected === 'no-stream' ? wrong.setExpectedNoStream(new Empty()) : wrong.setExpectedStreamExists(new Empty());
}

/** A refusal within a batch: a google.rpc.Status around a packed message, of the type of its name if not said. */
function refused(
  code: Code,
  message: string,
  details: { serializeBinary(): Uint8Array },
  type = `event_store.client.${message}`,
): BatchAppendResp {
  const any = new Any();
  any.pack(details.serializeBinary(), type);
  return new BatchAppendResp().setError(new Status().setCode(code).setMessage(message).setDetails(any));
}
