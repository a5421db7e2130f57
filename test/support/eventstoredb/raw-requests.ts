import { randomUUID } from 'node:crypto';
import { Empty, UUID } from '@eventstore/db-client/generated/shared_pb';
import { AppendReq, BatchAppendReq, ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { Empty as WellKnownEmpty } from 'google-protobuf/google/protobuf/empty_pb';
import type { Expected } from './expected';
import { streamIdentifier } from './messages';

/** An event on its way, as plain as can be. */
export type RawEvent = { readonly id: string; readonly type: string; readonly data: string; readonly metadata: string };

export function rawEvent(data = '{"n":1}', over: Partial<RawEvent> = {}): RawEvent {
  return { id: randomUUID(), type: 'Tried', data, metadata: '{"m":1}', ...over };
}

export function appendRequests(
  stream: string,
  expected: Expected | undefined,
  events: readonly RawEvent[],
): AppendReq[] {
  const options = new AppendReq.Options().setStreamIdentifier(streamIdentifier(stream));
  if (typeof expected === 'bigint') options.setRevision(expected.toString());
  else if (expected === 'any') options.setAny(new Empty());
  else if (expected === 'no-stream') options.setNoStream(new Empty());
  else if (expected) options.setStreamExists(new Empty());
  return [
    new AppendReq().setOptions(options),
    ...events.map((event) => new AppendReq().setProposedMessage(proposal(new AppendReq.ProposedMessage(), event))),
  ];
}

export function batchRequest(stream: string, expected: Expected, events: readonly RawEvent[]): BatchAppendReq {
  const options = new BatchAppendReq.Options().setStreamIdentifier(streamIdentifier(stream));
  if (typeof expected === 'bigint') options.setStreamPosition(expected.toString());
  else if (expected === 'any') options.setAny(new WellKnownEmpty());
  else if (expected === 'no-stream') options.setNoStream(new WellKnownEmpty());
  else options.setStreamExists(new WellKnownEmpty());
  return new BatchAppendReq()
    .setCorrelationId(new UUID().setString(randomUUID()))
    .setOptions(options)
    .setProposedMessagesList(events.map((event) => proposal(new BatchAppendReq.ProposedMessage(), event)))
    .setIsFinal(true);
}

type Proposal = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

function proposal<Message extends Proposal>(message: Message, event: RawEvent): Message {
  message.setId(new UUID().setString(event.id));
  message.setData(Buffer.from(event.data));
  message.setCustomMetadata(Buffer.from(event.metadata));
  if (event.type) message.getMetadataMap().set('type', event.type);
  message.getMetadataMap().set('content-type', 'application/json');
  return message;
}

export type RawRange = {
  /** `start` when left out. In `$all` commit and prepare position. */
  readonly from?: 'start' | 'end' | bigint | readonly [commit: bigint, prepare: bigint];
  readonly backwards?: boolean;
  /** Everything when left out. */
  readonly count?: number;
  readonly subscribe?: boolean;
  readonly structuredIds?: boolean;
  readonly filter?: ReadReq.Options.FilterOptions;
};

export function readRequest(stream: string, range: RawRange = {}): ReadReq {
  const { from = 'start', backwards = false, count = Number.MAX_SAFE_INTEGER } = range;
  const ids = new ReadReq.Options.UUIDOption();
  if (range.structuredIds) ids.setStructured(new Empty());
  else ids.setString(new Empty());
  const options = new ReadReq.Options()
    .setReadDirection(backwards ? ReadReq.Options.ReadDirection.BACKWARDS : ReadReq.Options.ReadDirection.FORWARDS)
    .setUuidOption(ids);
  if (range.subscribe) options.setSubscription(new ReadReq.Options.SubscriptionOptions());
  else options.setCount(String(count));
  if (range.filter) options.setFilter(range.filter);
  else options.setNoFilter(new Empty());

  if (stream === '$all') {
    const all = new ReadReq.Options.AllOptions();
    if (from === 'start') all.setStart(new Empty());
    else if (from === 'end') all.setEnd(new Empty());
    else {
      const [commit, prepare] = typeof from === 'bigint' ? [from, from] : from;
      all.setPosition(
        new ReadReq.Options.Position().setCommitPosition(commit.toString()).setPreparePosition(prepare.toString()),
      );
    }
    return new ReadReq().setOptions(options.setAll(all));
  }
  const one = new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream));
  if (from === 'start') one.setStart(new Empty());
  else if (from === 'end') one.setEnd(new Empty());
  else one.setRevision(String(from));
  return new ReadReq().setOptions(options.setStream(one));
}

/** A filter of `$all` by stream names or event types: prefixes, or a pattern. */
export function rawFilter(
  by: 'stream' | 'type',
  what: readonly string[] | RegExp,
  { max, multiplier = 1 }: { max?: number; multiplier?: number } = {},
): ReadReq.Options.FilterOptions {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  if (what instanceof RegExp) expression.setRegex(what.source);
  else expression.setPrefixList([...what]);
  const filter = new ReadReq.Options.FilterOptions().setCheckpointintervalmultiplier(multiplier);
  if (by === 'stream') filter.setStreamIdentifier(expression);
  else filter.setEventType(expression);
  return max === undefined ? filter.setCount(new Empty()) : filter.setMax(max);
}
