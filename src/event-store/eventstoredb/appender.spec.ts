import { newStream, sampleEvent, sampleEvents } from '../../../test/support/sample-events';
import {
  AppendOutcomeUnknown,
  AppendTooLarge,
  EventStoreUnavailable,
  WrongExpectedRevision,
  type Append,
  type AppendResult,
  type NewEvent,
} from '../event-store';
import type { EncodedAppend, Outcome } from './append-messages';
import { createAppender } from './appender';
import type { Recorded } from './events';
import type { Reads } from './reads';
import { createKnownIds } from './stream-ids';
import { createStreamNames } from './stream-names';

const RESULT: AppendResult = { revision: 1n, position: { commit: 700n, prepare: 699n } };
const LOST: Outcome = { kind: 'lost', error: new Error('The answer was lost') };
const UNDONE: Outcome = { kind: 'undone', error: new Error('There is no connection') };
const CONFLICT: Outcome = { kind: 'conflict', actual: 1n };
const DONE: Outcome = { kind: 'appended', result: RESULT };

/** What a stream holds, as the server gives it. */
function recorded(events: readonly NewEvent[]): Recorded[] {
  return events.map((event, index) => ({
    id: event.eventId,
    revision: BigInt(index),
    position: { commit: 700n, prepare: 699n },
  })) as unknown as Recorded[];
}

/** A server that gives these answers in turn, the last one for ever, while the stream holds `there`. */
function withAnswers(answers: Outcome[], there: readonly NewEvent[] | Error = []) {
  const sent: EncodedAppend[] = [];
  const problems: Error[] = [];
  const reads = {
    stream: async function* (_: string, from: bigint, limit: number) {
      await Promise.resolve();
      if (there instanceof Error) throw there;
      const events = recorded(there).slice(Number(from));
      yield events.slice(0, Math.min(limit, events.length));
    },
    newest: () => (there instanceof Error ? Promise.reject(there) : Promise.resolve(recorded(there).at(-1) ?? null)),
  } as Partial<Reads> as Reads;
  const append = createAppender({
    channel: {
      send: (one) => {
        sent.push(one);
        return Promise.resolve(answers[Math.min(sent.length, answers.length) - 1] ?? LOST);
      },
    },
    reads,
    ids: createKnownIds(reads),
    names: createStreamNames(''),
    timeouts: { giveUp: 30, retry: { firstMs: 1, capMs: 4 } },
    onProblem: (error) => problems.push(error),
  });
  return { append, sent, problems };
}

const asked = (events: readonly NewEvent[], over: Partial<Append> = {}): Append => ({
  stream: newStream(),
  expectedRevision: 'no-stream',
  events,
  ...over,
});

describe('an append', () => {
  it('is sent again as it was until an answer comes, and each failed try is told of', async () => {
    const { append, sent, problems } = withAnswers([LOST, UNDONE, LOST, DONE]);
    expect(await append(asked(sampleEvents(2)))).toEqual(RESULT);
    expect(sent).toHaveLength(4);
    expect(new Set(sent).size).toBe(1);
    expect(problems.map(({ message }) => message)).toEqual([
      'The answer was lost',
      'There is no connection',
      'The answer was lost',
    ]);
  });

  it('whose answer was lost is done when the stream holds its events, though it is refused then', async () => {
    const events = sampleEvents(2);
    const { append } = withAnswers([LOST, CONFLICT], events);
    expect(await append(asked(events))).toEqual(RESULT);
  });

  it("whose answer was lost is refused when others' events are in its place", async () => {
    const { append } = withAnswers([LOST, CONFLICT], sampleEvents(2));
    const error = await append(asked(sampleEvents(2))).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WrongExpectedRevision);
    expect(error).toMatchObject({ expected: 'no-stream', actual: 1n });
  });

  it.each<[string, Outcome[], readonly NewEvent[] | Error]>([
    ['nothing is in its place yet', [LOST], []],
    ['the stream is not even where it was expected', [LOST, { kind: 'conflict', actual: null }], []],
    ['the stream can not be read', [LOST], new EventStoreUnavailable('gone')],
    ['it was lost first and not sent afterwards', [LOST, UNDONE], []],
    ['the user is refused afterwards', [LOST, { kind: 'refused', error: new Error('No'), denied: true }], []],
  ])('has an unknown outcome when its answer was lost and %s', async (_, answers, there) => {
    const { append } = withAnswers(answers, there);
    await expect(append(asked(sampleEvents(1)))).rejects.toThrow(AppendOutcomeUnknown);
  });

  it('was not done when no try was sent', async () => {
    const { append, sent } = withAnswers([UNDONE]);
    const error = await append(asked(sampleEvents(1))).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EventStoreUnavailable);
    expect(error).toMatchObject({ message: expect.stringContaining('There is no connection') as string });
    expect(sent.length).toBeGreaterThan(2);
  });

  it.each<[string, Outcome, new (...args: never[]) => Error, RegExp]>([
    ['too large', { kind: 'refused', error: new Error(), tooLarge: 4096 }, AppendTooLarge, /4096 bytes/],
    ['not allowed', { kind: 'refused', error: new Error(), denied: true }, EventStoreUnavailable, /check the cred/],
    ['malformed', { kind: 'refused', error: new RangeError('Bad id') }, RangeError, /Bad id/],
  ])('that is %s is refused without another try', async (_, outcome, kind, message) => {
    const { append, sent } = withAnswers([outcome]);
    const error = await append(asked(sampleEvents(1))).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
    expect(sent).toHaveLength(1);
  });

  it('is never sent with ids that the stream holds elsewhere, whoever wrote them', async () => {
    const there = sampleEvents(3);
    const { append, sent } = withAnswers([DONE], there);
    for (const events of [[sampleEvent(), there[0]!], there, [there[1]!]]) {
      const error = await append(asked(events, { expectedRevision: 2n })).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(WrongExpectedRevision);
      expect(error).toMatchObject({ actual: 2n });
    }
    await expect(append(asked(sampleEvents(1), { expectedRevision: 3n }))).rejects.toThrow(WrongExpectedRevision);
    expect(sent).toEqual([]);
    // At their own place they are the same append, which the server knows.
    await append(asked(there.slice(1), { expectedRevision: 0n }));
    expect(sent).toHaveLength(1);
  });

  it('is not sent without events, with one twice, with more than any server takes, or out of readers’ sight', async () => {
    const { append, sent } = withAnswers([DONE]);
    const [event] = sampleEvents(1) as [NewEvent];
    await expect(append(asked([]))).rejects.toThrow(/has no events/);
    await expect(append(asked([event, event]))).rejects.toThrow(/same event twice/);
    await expect(append(asked([event], { stream: 'elsewhere-1' }))).rejects.toThrow(/begin with engagement-/);
    await expect(append(asked([sampleEvent({ text: 'x'.repeat(17_000_000) })]))).rejects.toThrow(AppendTooLarge);
    expect(sent).toEqual([]);
  });
});
