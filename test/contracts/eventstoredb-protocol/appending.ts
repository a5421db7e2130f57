import { status } from '@grpc/grpc-js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { Expected } from '../../support/eventstoredb/expected';
import { readUuid, streamName } from '../../support/eventstoredb/messages';
import type { RawClient } from '../../support/eventstoredb/raw-client';
import { batchRequest, rawEvent, readRequest, type RawEvent } from '../../support/eventstoredb/raw-requests';
import { append, appendRaw, batchAppend, batchRaw, detailsOf, newName, type AppendWay } from './appends';

const MIB = 1024 * 1024;

export function describeProtocolOfAppending(client: () => RawClient): void {
  const idsIn = async (stream: string): Promise<string[]> => {
    const read = client().read(readRequest(stream));
    await read.ended;
    return read.messages
      .filter((message) => message.hasEvent())
      .map((message) => readUuid(message.getEvent()?.getEvent()?.getId()));
  };

  describe.each<[string, AppendWay]>([
    ['Append', append],
    ['BatchAppend', batchAppend],
  ])('%s', (_, way) => {
    it('answers with the revision and the position of the last event, both halves alike', async () => {
      const stream = newName();
      const outcome = await way(client(), stream, 'no-stream', [rawEvent(), rawEvent(), rawEvent()]);
      const read = client().read(readRequest(stream, { from: 'end', backwards: true, count: 1 }));
      await read.ended;
      const last = read.messages[0]?.getEvent()?.getEvent();
      expect(outcome.revision).toBe('2');
      expect(outcome.position).toEqual([last?.getCommitPosition(), last?.getPreparePosition()]);
      expect(last?.getCommitPosition()).toBe(last?.getPreparePosition());
    });

    it.each<[Expected, number, { revision: string } | { current: string }]>([
      ['any', 0, { revision: '0' }],
      ['any', 2, { revision: '2' }],
      ['no-stream', 0, { revision: '0' }],
      ['no-stream', 2, { current: '1' }],
      ['stream-exists', 0, { current: 'none' }],
      ['stream-exists', 2, { revision: '2' }],
      [0n, 0, { current: 'none' }],
      [0n, 2, { current: '1' }],
      [1n, 2, { revision: '2' }],
      [2n, 2, { current: '1' }],
    ])('takes or refuses, expecting %s of a stream of %s events', async (expected, count, wanted) => {
      const stream = newName();
      const before = Array.from({ length: count }, () => rawEvent());
      if (count > 0) await way(client(), stream, 'no-stream', before);
      const outcome = await way(client(), stream, expected, [rawEvent()]);
      if ('revision' in wanted) expect(outcome.revision).toBe(wanted.revision);
      else expect(outcome).toEqual({ wrong: { current: wanted.current, expected: String(expected) } });
      expect(await idsIn(stream)).toHaveLength('revision' in wanted ? count + 1 : count);
    });

    type Again = (a: RawEvent, b: RawEvent, c: RawEvent) => readonly RawEvent[];
    it.each<[string, Again, Expected, { revision: string } | 'conflict']>([
      ['all of them', (a, b, c) => [a, b, c], 'no-stream', { revision: '2' }],
      ['all of them with other data', (a, b, c) => [a, b, { ...c, data: '{}' }], 'no-stream', { revision: '2' }],
      ['their beginning', (a, b) => [a, b], 'no-stream', { revision: '1' }],
      ['their end where it stood', (_a, b, c) => [b, c], 0n, { revision: '2' }],
      ['their end at the beginning', (_a, b, c) => [b, c], 'no-stream', 'conflict'],
      ['all of them turned round', (a, b, c) => [c, b, a], 'no-stream', 'conflict'],
      ['all of them and one more', (a, b, c) => [a, b, c, rawEvent()], 'no-stream', 'conflict'],
      ['some of them and a new one', (a, b) => [a, b, rawEvent()], 'no-stream', 'conflict'],
      ['a new one before them', (a, b, c) => [rawEvent(), a, b, c], 'no-stream', 'conflict'],
      ['all of them a place later', (a, b, c) => [a, b, c], 0n, 'conflict'],
      ['all of them, expecting anything', (a, b, c) => [a, b, c], 'any', { revision: '2' }],
      ['some of them and a new one, expecting anything', (a) => [a, rawEvent()], 'any', 'conflict'],
    ])('knows the same ids again: %s', async (_name, again, expected, wanted) => {
      const stream = newName();
      const events: [RawEvent, RawEvent, RawEvent] = [rawEvent(), rawEvent(), rawEvent()];
      const first = await way(client(), stream, 'no-stream', events);
      await way(client(), stream, 2n, [rawEvent()]);
      const outcome = await way(client(), stream, expected, again(...events));
      if (wanted === 'conflict') expect(outcome.wrong?.current).toBe('3');
      else expect(outcome.revision).toBe(wanted.revision);
      if (wanted !== 'conflict' && wanted.revision === '2') expect(outcome.position).toEqual(first.position);
      expect(await idsIn(stream)).toHaveLength(4);
    });

    it('writes the same ids once more where the expected revision is the current one', async () => {
      const stream = newName();
      const events = [rawEvent(), rawEvent()];
      await way(client(), stream, 'no-stream', events);
      expect((await way(client(), stream, 1n, events)).revision).toBe('3');
      expect(await idsIn(stream)).toEqual([...events, ...events].map((event) => event.id));
    });

    it('leaves a stream absent that no event was written to, and one of two events as it is', async () => {
      const [absent, there] = [newName(), newName()];
      expect((await way(client(), absent, 'no-stream', [])).revision).toBe('none');
      expect((await way(client(), absent, 'no-stream', [rawEvent()])).revision).toBe('0');
      await way(client(), there, 'no-stream', [rawEvent(), rawEvent()]);
      expect((await way(client(), there, 1n, [])).revision).toBe('1');
      expect((await way(client(), there, 0n, [])).wrong?.current).toBe('1');
    });

    it('takes a mebibyte of data and not a byte more, whatever else there is', async () => {
      const stream = newName();
      const sized = (bytes: number) => rawEvent('x'.repeat(bytes), { metadata: 'm'.repeat(1000) });
      expect((await way(client(), stream, 'any', [sized(MIB)])).revision).toBe('0');
      const parts = [sized(MIB / 2), sized(MIB / 2 + 1)];
      expect((await way(client(), stream, 'any', parts)).error).toBe('maximum-append-size-exceeded');
      expect(await idsIn(stream)).toHaveLength(1);
    });
  });

  it('answers each append of a batch with its own id and stream, and goes on after a refusal', async () => {
    const [one, other] = [newName(), newName()];
    const requests = [
      batchRequest(one, 'no-stream', [rawEvent()]),
      batchRequest(one, 7n, [rawEvent()]),
      batchRequest(other, 'any', [rawEvent(), rawEvent()]),
    ];
    const { answers } = await batchRaw(client(), requests);
    const byId = new Map(answers.map((answer) => [readUuid(answer.getCorrelationId()), answer]));
    const [first, second, third] = requests.map((request) => byId.get(readUuid(request.getCorrelationId())));
    expect([first, second, third].map((answer) => streamName(answer?.getStreamIdentifier()))).toEqual([
      one,
      one,
      other,
    ]);
    expect(first?.getSuccess()?.getCurrentRevision()).toBe('0');
    expect(second?.getError()?.toObject()).toMatchObject({ code: 6, message: 'WrongExpectedVersion' });
    expect(third?.getSuccess()?.getCurrentRevision()).toBe('1');
    expect(first?.getExpectedStreamPositionCase()).toBe(0);
  });

  it('puts an append together that came in parts', async () => {
    const stream = newName();
    const [a, b] = [rawEvent(), rawEvent()];
    const whole = batchRequest(stream, 'no-stream', [a]).setIsFinal(false);
    const rest = batchRequest(stream, 'no-stream', [b]).setCorrelationId(whole.getCorrelationId());
    rest.clearOptions();
    const { answers } = await batchRaw(client(), [whole, rest]);
    expect(answers.map((answer) => answer.getSuccess()?.getCurrentRevision())).toEqual(['1']);
    expect(await idsIn(stream)).toEqual([a.id, b.id]);
  });

  it.each<[string, Partial<RawEvent>]>([
    ['no type', { type: '' }],
    ['no id', { id: '00000000-0000-0000-0000-000000000000' }],
  ])('refuses an event with %s in a batch, and then, later, once more', async (_, over) => {
    const request = batchRequest(newName(), 'any', [rawEvent('{}', over)]);
    const again = batchRequest(newName(), 'any', [rawEvent()]);
    const answers: BatchAppendResp[] = [];
    const call = client().streams.batchAppend(client().headers());
    call.on('error', () => undefined);
    call.write(request);
    await new Promise<void>((resolve) => {
      call.on('data', (answer: BatchAppendResp) => {
        answers.push(answer);
        if (answers.length === 1) call.write(again);
        if (answers.length === 3) resolve();
      });
    });
    call.cancel();
    const [first, second, third] = answers;
    expect(first?.getError()?.toObject()).toMatchObject({ code: 3, message: 'BadRequest' });
    expect(second?.hasSuccess()).toBe(true);
    expect(third?.getError()?.toObject()).toMatchObject({ code: 4, message: 'Timeout' });
    expect(third?.getCorrelationId()?.hasStructured()).toBe(true);
    expect(readUuid(third?.getCorrelationId())).toBe(readUuid(request.getCorrelationId()));
  });

  it('says in the details of a batch what it says in the trailers of an append', async () => {
    const stream = newName();
    const large = [rawEvent('x'.repeat(MIB + 1))];
    const { answers } = await batchRaw(client(), [batchRequest(stream, 'any', large)]);
    expect(answers[0]?.getError()?.toObject()).toMatchObject({ code: 3, message: 'MaximumAppendSizeExceeded' });
    expect(answers[0] && detailsOf.tooLarge(answers[0])?.getMaxappendsize()).toBe(MIB);
    expect(await appendRaw(client(), stream, 'any', large)).toEqual({
      code: status.INVALID_ARGUMENT,
      details: `Maximum Append Size of ${MIB} Exceeded.`,
      trailers: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(MIB) },
    });
  });

  it('refuses an event without a type, and an append that expects nothing, not even anything', async () => {
    const stream = newName();
    expect(await appendRaw(client(), stream, 'any', [rawEvent('{}', { type: '' })])).toEqual({
      code: status.INVALID_ARGUMENT,
      details: "Required Metadata Property 'type' is missing",
      trailers: {
        exception: 'missing-required-metadata-property',
        'required-metadata-properties': 'type,content-type',
      },
    });
    expect(await appendRaw(client(), stream, undefined, [rawEvent()])).toMatchObject({ code: status.INVALID_ARGUMENT });
  });
}
