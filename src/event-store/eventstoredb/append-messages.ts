import {
  Empty,
  MaximumAppendSizeExceeded,
  StreamIdentifier,
  UUID,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { AppendResult, ExpectedRevision } from '../event-store';
import type { EncodedEvent } from './events';

/** An append as it is sent. `name` is the stream's on the server. */
export type EncodedAppend = {
  readonly name: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
};

/**
 * What became of an append that was sent once.
 * - `refused`: nothing was written, and never would be. `tooLarge` in bytes, where that is why.
 * - `undone`: nothing was written, for now.
 * - `lost`: no answer came, or one that does not tell.
 */
export type Outcome =
  | { readonly kind: 'appended'; readonly result: AppendResult }
  | { readonly kind: 'conflict'; readonly actual: bigint | null }
  | { readonly kind: 'refused'; readonly error: Error; readonly tooLarge?: number; readonly denied?: true }
  | { readonly kind: 'undone' | 'lost'; readonly error: Error };

/** A request holds about so many bytes; a larger append takes several. */
const REQUEST_BYTES = 1024 * 1024;

/**
 * The requests of one append. They carry no deadline: it would be an instant of our clock, and a server whose clock is
 * ahead would take every append for late. The server's own time limit for writes holds then.
 */
export function* requestsOf(append: EncodedAppend, correlationId: string): Generator<BatchAppendReq> {
  const begin = () => new BatchAppendReq().setCorrelationId(new UUID().setString(correlationId));
  let request = begin().setOptions(optionsOf(append));
  let bytes = 0;
  for (const event of append.events) {
    const size = event.data.length + event.metadata.length;
    if (bytes > 0 && bytes + size > REQUEST_BYTES) {
      yield request;
      request = begin();
      bytes = 0;
    }
    request.addProposedMessages(messageOf(event));
    bytes += size;
  }
  yield request.setIsFinal(true);
}

function optionsOf({ name, expected }: EncodedAppend): BatchAppendReq.Options {
  const options = new BatchAppendReq.Options().setStreamIdentifier(
    new StreamIdentifier().setStreamName(Buffer.from(name)),
  );
  return expected === 'no-stream' ? options.setNoStream(new Empty()) : options.setStreamPosition(expected.toString());
}

function messageOf(event: EncodedEvent): BatchAppendReq.ProposedMessage {
  const message = new BatchAppendReq.ProposedMessage()
    .setId(new UUID().setString(event.eventId))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
  return message;
}

/** Reads the answer to one append. */
export function outcomeOf(answer: BatchAppendResp): Outcome {
  const error = answer.getError();
  if (error) return refusalOf(error.getMessage(), error.getDetails());
  const success = answer.getSuccess();
  const position = success?.getPosition();
  if (!success || !position) return { kind: 'lost', error: new Error('The server answered without a position') };
  return {
    kind: 'appended',
    result: {
      revision: BigInt(success.getCurrentRevision()),
      position: { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) },
    },
  };
}

type Details = { getTypeName(): string; getValue_asU8(): Uint8Array };

/** What a node says that could not even begin, for want of a leader, of time or of being ready. */
const NOT_HANDLED = ['Server Is Not Ready', 'Server Is Busy', 'No leader info available in response'];

function refusalOf(message: string, details: Details | undefined): Outcome {
  const error = new Error(`The server answered: ${message}`);
  const type = details?.getTypeName() ?? '';
  const bytes = details?.getValue_asU8() ?? new Uint8Array();
  switch (type.replace('event_store.client.', '')) {
    case 'WrongExpectedVersion': {
      const wrong = WrongExpectedVersion.deserializeBinary(bytes);
      return {
        kind: 'conflict',
        actual: wrong.hasCurrentStreamRevision() ? BigInt(wrong.getCurrentStreamRevision()) : null,
      };
    }
    case 'MaximumAppendSizeExceeded':
      return {
        kind: 'refused',
        error,
        tooLarge: MaximumAppendSizeExceeded.deserializeBinary(bytes).getMaxappendsize(),
      };
    case 'AccessDenied':
      return { kind: 'refused', error, denied: true };
    case 'StreamDeleted':
    case 'BadRequest':
      return { kind: 'refused', error };
    default:
      return { kind: NOT_HANDLED.includes(message) ? 'undone' : 'lost', error };
  }
}
