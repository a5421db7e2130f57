import { status } from '@grpc/grpc-js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { RawClient, RawRead } from '../../support/eventstoredb/raw-client';
import { rawEvent, rawFilter, readRequest, type RawRange } from '../../support/eventstoredb/raw-requests';
import { append, newName } from './appends';
import { eventOf, readAllOf, written } from './reading';

type Checkpoint = readonly [commit: bigint, prepare: bigint];

const isEvent = (message: ReadResp) => message.hasEvent();
const idsIn = (read: RawRead) => read.messages.filter(isEvent).map((message) => eventOf(message)?.id);
const checkpointsIn = (read: RawRead): Checkpoint[] =>
  read.messages
    .map((message) => message.getCheckpoint())
    .filter((checkpoint) => checkpoint !== undefined)
    .map((checkpoint) => [BigInt(checkpoint.getCommitPosition()), BigInt(checkpoint.getPreparePosition())]);

export function describeProtocolOfSubscribing(client: () => RawClient): void {
  const open: RawRead[] = [];
  const subscribe = (stream: string, range: RawRange = {}): RawRead => {
    const read = client().read(readRequest(stream, { ...range, subscribe: true }));
    open.push(read);
    return read;
  };
  const until = async (read: RawRead, done: () => boolean) => {
    while (!done()) await read.reached(read.messages.length + 1);
  };
  const live = (read: RawRead) => until(read, () => read.messages.some((message) => message.hasCaughtUp()));
  const reached = (read: RawRead, events: number) => until(read, () => idsIn(read).length >= events);
  const positionOf = async (stream: string, revision: bigint) =>
    (await readAllOf(client(), stream, { from: revision, count: 1 })).events[0]!.position;

  afterEach(async () => {
    for (const read of open) read.cancel();
    await Promise.all(open.splice(0).map((read) => read.ended));
  });

  describe('Subscription to a stream', () => {
    it('is confirmed, gives what is there, says that it has caught up, and gives what comes', async () => {
      const { stream, ids } = await written(client(), 40);
      const read = subscribe(stream);
      await live(read);
      expect(read.messages[0]?.getConfirmation()?.getSubscriptionId()).toMatch(/^[0-9a-f-]{36}$/);
      expect(read.messages.slice(1, -1).every(isEvent)).toBe(true);
      expect(read.messages.at(-1)?.hasCaughtUp()).toBe(true);
      const next = [rawEvent(), rawEvent()];
      await append(client(), stream, 39n, next);
      await reached(read, 42);
      expect(idsIn(read)).toEqual([...ids, ...next.map((event) => event.id)]);
    });

    it('begins after a revision, or with what comes after its end', async () => {
      const { stream, ids } = await written(client(), 5);
      const [after, end] = [subscribe(stream, { from: 2n }), subscribe(stream, { from: 'end' })];
      await Promise.all([live(after), live(end)]);
      const next = rawEvent();
      await append(client(), stream, 4n, [next]);
      await Promise.all([reached(after, 3), reached(end, 1)]);
      expect(idsIn(after)).toEqual([...ids.slice(3), next.id]);
      expect(idsIn(end)).toEqual([next.id]);
    });

    it('waits for a stream that is absent', async () => {
      const stream = newName();
      const read = subscribe(stream);
      await read.reached(1);
      const event = rawEvent();
      await append(client(), stream, 'no-stream', [event]);
      await reached(read, 1);
      expect(read.messages[0]?.hasConfirmation()).toBe(true);
      expect(idsIn(read)).toEqual([event.id]);
    });
  });

  describe('Subscription to $all', () => {
    it('begins after the event at a position, whatever passes its filter, and goes on', async () => {
      const { stream, ids } = await written(client(), 50);
      const from = await positionOf(stream, 9n);
      const filtered = subscribe('$all', { from, filter: rawFilter('stream', [stream]) });
      const whole = subscribe('$all', { from });
      await Promise.all([live(filtered), live(whole)]);
      const next = rawEvent();
      await append(client(), stream, 49n, [next]);
      const wanted = [...ids.slice(10), next.id];
      await reached(filtered, wanted.length);
      await until(whole, () => idsIn(whole).includes(next.id));
      expect(idsIn(filtered)).toEqual(wanted);
      expect(whole.messages.map(eventOf).filter((event) => event?.stream === stream)).toHaveLength(wanted.length);
      expect(filtered.messages[0]?.hasConfirmation()).toBe(true);
      expect(checkpointsIn(whole)).toEqual([]);
    });

    it('begins with what comes, from the end', async () => {
      const stream = newName();
      const read = subscribe('$all', { from: 'end', filter: rawFilter('stream', [stream]) });
      await live(read);
      expect(read.messages).toHaveLength(2);
      const events = [rawEvent(), rawEvent()];
      await append(client(), stream, 'no-stream', events);
      await reached(read, 2);
      expect(idsIn(read)).toEqual(events.map((event) => event.id));
    });

    it('leaves out the event at a position whose prepare half is lost', async () => {
      const { stream, ids } = await written(client(), 3);
      const from = [await positionOf(stream, 1n), 0n] as const;
      const read = subscribe('$all', { from, filter: rawFilter('stream', [stream]) });
      await live(read);
      expect(idsIn(read)).toEqual(ids.slice(2));
    });

    it.each<[string, (at: bigint) => bigint, (read: RawRead) => Promise<unknown>, unknown]>([
      [
        'ends with an error where no record begins',
        (at) => at + 1n,
        (read) => read.ended,
        { code: status.UNKNOWN, details: 'Exception was thrown by handler.', trailers: {} },
      ],
      [
        'is caught up at once beyond the end of the log',
        (at) => at + 10n ** 9n,
        async (read) => {
          await live(read);
          return read.messages.map((message) => message.getContentCase());
        },
        [2, 8],
      ],
    ])('%s', async (_, from, outcome, wanted) => {
      const { stream } = await written(client(), 2);
      const read = subscribe('$all', { from: from(await positionOf(stream, 0n)), filter: rawFilter('stream', ['x']) });
      expect(await outcome(read)).toEqual(wanted);
    });

    it.each([
      ['of the window that it names', { max: 10, multiplier: 1 }, 10],
      ['of two windows', { max: 5, multiplier: 2 }, 10],
      ['of 32 when it names none', { multiplier: 1 }, 32],
    ])(
      'has a checkpoint for every stretch %s while it is live, at the event considered',
      async (_, window, stretch) => {
        const [quiet, noisy] = [newName(), newName()];
        const read = subscribe('$all', { from: 'end', filter: rawFilter('stream', [quiet], window) });
        await live(read);
        for (let turn = 0; turn < 7; turn += 1) {
          await append(
            client(),
            noisy,
            'any',
            Array.from({ length: 10 }, () => rawEvent()),
          );
        }
        const count = Math.floor(70 / stretch);
        await until(read, () => checkpointsIn(read).length >= count);
        const last = rawEvent();
        await append(client(), quiet, 'no-stream', [last]);
        await reached(read, 1);
        const first = (await readAllOf(client(), noisy, { count: 1 })).events[0]!.position;
        const considered = (await readAllOf(client(), '$all', { from: first })).events.map((event) => event.position);
        const checkpoints = checkpointsIn(read);
        expect(checkpoints.every(([commit, prepare]) => commit === prepare && considered.includes(commit))).toBe(true);
        const steps = checkpoints
          .slice(1)
          .map(([commit], index) => considered.indexOf(commit) - considered.indexOf(checkpoints[index]![0]));
        expect(steps.every((step) => step === stretch)).toBe(true);
        expect(idsIn(read)).toEqual([last.id]);
      },
    );

    it('has checkpoints while it catches up, by which it can be resumed: where an empty page began, or its last event', async () => {
      const [ours, theirs] = [newName(), newName()];
      const [begin] = [(await written(client(), 1)).stream];
      const filler = () => Array.from({ length: 10 }, () => rawEvent());
      await append(client(), theirs, 'no-stream', filler());
      await append(client(), theirs, 9n, filler());
      const events = [rawEvent(), rawEvent()];
      await append(client(), ours, 'no-stream', events);
      await append(client(), theirs, 19n, filler());
      await append(client(), theirs, 29n, filler());
      const from = await positionOf(begin, 0n);
      const filter = rawFilter('stream', [ours], { max: 10 });
      const read = subscribe('$all', { from, filter });
      await live(read);

      const checkpoints = checkpointsIn(read);
      const after = (await readAllOf(client(), '$all', { from })).events.slice(1);
      const [last] = (await readAllOf(client(), ours, { from: 'end', backwards: true })).events;
      const pages = Array.from({ length: Math.floor(after.length / 10) }, (_, page) =>
        after.slice(page * 10, page * 10 + 10),
      );
      const wanted = pages.map((page): Checkpoint => {
        const matching = page.findLast((event) => event.stream === ours);
        return matching ? [matching.position, matching.position] : [page[0]!.position, 0n];
      });
      expect(checkpoints.length).toBeGreaterThanOrEqual(4);
      expect(checkpoints).toEqual(wanted.slice(0, checkpoints.length));
      expect(checkpoints).toContainEqual([last?.position, last?.position]);
      for (const checkpoint of checkpoints) {
        const resumed = subscribe('$all', { from: checkpoint, filter });
        await live(resumed);
        expect(idsIn(resumed)).toEqual(checkpoint[0] >= last!.position ? [] : events.map((event) => event.id));
      }
    });

    it('is sent away by a burst that is more than it can take', async () => {
      const stream = newName();
      const read = subscribe('$all', { from: 'end', filter: rawFilter('stream', [stream]) });
      await live(read);
      await append(
        client(),
        stream,
        'no-stream',
        Array.from({ length: 5_000 }, () => rawEvent('1')),
      );
      expect(await read.ended).toEqual({
        code: status.ABORTED,
        details: 'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.',
        trailers: {},
      });
      expect(idsIn(read).length).toBeLessThan(5_000);
    });
  });
}
