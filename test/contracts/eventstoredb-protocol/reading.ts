import { status } from '@grpc/grpc-js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { readUuid, streamName } from '../../support/eventstoredb/messages';
import type { Ending, RawClient } from '../../support/eventstoredb/raw-client';
import {
  rawEvent,
  rawFilter,
  readRequest,
  type RawEvent,
  type RawRange,
} from '../../support/eventstoredb/raw-requests';
import { append, newName } from './appends';

const OK = { code: status.OK, trailers: {} };

export type Seen = {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
};

export function eventOf(message: ReadResp): Seen | undefined {
  const event = message.getEvent()?.getEvent();
  return (
    event && {
      id: readUuid(event.getId()),
      stream: streamName(event.getStreamIdentifier()),
      revision: BigInt(event.getStreamRevision()),
      position: BigInt(event.getCommitPosition()),
    }
  );
}

export async function readAllOf(
  client: RawClient,
  stream: string,
  range: RawRange = {},
): Promise<{ events: Seen[]; messages: readonly ReadResp[]; ending: Ending }> {
  const read = client.read(readRequest(stream, range));
  const ending = await read.ended;
  const events = read.messages.map(eventOf).filter((event) => event !== undefined);
  return { events, messages: read.messages, ending };
}

/** A stream of so many events, as they went out. */
export async function written(client: RawClient, count: number, over: Partial<RawEvent> = {}) {
  const stream = newName();
  const events = Array.from({ length: count }, (_, n) => rawEvent(`{"n":${n}}`, over));
  await append(client, stream, 'no-stream', events);
  return { stream, ids: events.map((event) => event.id) };
}

export function describeProtocolOfReading(client: () => RawClient): void {
  const read = (stream: string, range: RawRange = {}) => readAllOf(client(), stream, range);
  const idsOf = (events: readonly Seen[]) => events.map((event) => event.id);

  describe('Read of a stream', () => {
    it('gives every field of an event', async () => {
      const stream = newName();
      const event = rawEvent('{"text":"ü"}', { metadata: '{"$correlationId":"c"}' });
      const { position } = await append(client(), stream, 'no-stream', [event]);
      const { messages, ending } = await read(stream);
      const [answer] = messages;
      const recorded = answer?.getEvent()?.getEvent();
      expect(ending).toMatchObject(OK);
      expect(answer?.getEvent()?.hasLink()).toBe(false);
      expect(answer?.getEvent()?.getCommitPosition()).toBe(position?.[0]);
      expect(recorded?.getId()?.getString()).toBe(event.id);
      expect([recorded?.getCommitPosition(), recorded?.getPreparePosition()]).toEqual(position);
      expect(Buffer.from(recorded?.getData_asU8() ?? []).toString()).toBe(event.data);
      expect(Buffer.from(recorded?.getCustomMetadata_asU8() ?? []).toString()).toBe(event.metadata);
      const properties = recorded?.getMetadataMap();
      expect([...(properties?.keys() ?? [])].sort()).toEqual(['content-type', 'created', 'type']);
      expect(properties?.get('content-type')).toBe('application/json');
      expect(properties?.get('type')).toBe('Tried');
      const created = Number(BigInt(properties?.get('created') ?? 0) / 10_000n);
      expect(Math.abs(created - Date.now())).toBeLessThan(3_600_000);
    });

    it('gives ids in halves when they are asked for so', async () => {
      const { stream, ids } = await written(client(), 2);
      const { messages } = await read(stream, { structuredIds: true });
      expect(messages.every((message) => message.getEvent()?.getEvent()?.getId()?.hasStructured())).toBe(true);
      expect(messages.map((message) => eventOf(message)?.id)).toEqual(ids);
    });

    it.each<[string, RawRange, (ids: string[]) => string[]]>([
      ['from the start', {}, (ids) => ids],
      ['from a revision, which it begins with', { from: 60n }, (ids) => ids.slice(60)],
      ['no more than asked', { from: 10n, count: 40 }, (ids) => ids.slice(10, 50)],
      ['nothing from beyond its end', { from: 70n }, () => []],
      ['backwards from its end', { from: 'end', backwards: true }, (ids) => ids.toReversed()],
      ['backwards from a revision', { from: 5n, backwards: true, count: 3 }, (ids) => ids.slice(3, 6).toReversed()],
      ['backwards from beyond its end', { from: 500n, backwards: true, count: 2 }, (ids) => ids.slice(-2).toReversed()],
      ['backwards from its start', { backwards: true }, (ids) => ids.slice(0, 1)],
    ])('gives %s', async (_, range, wanted) => {
      const { stream, ids } = await written(client(), 70);
      const { events, messages, ending } = await read(stream, range);
      expect(idsOf(events)).toEqual(wanted(ids));
      expect(messages).toHaveLength(events.length);
      expect(ending).toMatchObject(OK);
    });

    it.each<[string, RawRange]>([
      ['from its end, forwards', { from: 'end' }],
      ['no event at all', { count: 0 }],
    ])('is an error for %s', async (_, range) => {
      const { stream } = await written(client(), 1);
      expect((await read(stream, range)).ending).toEqual({
        code: status.UNKNOWN,
        details: 'Unexpected ReadStreamResult: Error',
        trailers: {},
      });
    });

    it('says that a stream is absent', async () => {
      const stream = newName();
      for (const range of [{}, { from: 'end', backwards: true }, { from: 7n }] as RawRange[]) {
        const { messages, ending } = await read(stream, range);
        expect(messages.map((message) => streamName(message.getStreamNotFound()?.getStreamIdentifier()))).toEqual([
          stream,
        ]);
        expect(ending).toMatchObject(OK);
      }
    });

    it.each<[string, string, number[]]>([
      ['truncated', '{"$tb":4}', [4, 5]],
      ['kept short', '{"$maxCount":1}', [5]],
      ['truncated whole', '{"$tb":6}', []],
    ])('shows what is left of a stream that was %s', async (_, metadata, left) => {
      const { stream, ids } = await written(client(), 6);
      await append(client(), `$$${stream}`, 'no-stream', [rawEvent(metadata, { type: '$metadata' })]);
      const wanted = left.map((revision) => ids[revision]);
      expect(idsOf((await read(stream)).events)).toEqual(wanted);
      expect(idsOf((await read(stream, { from: 'end', backwards: true })).events)).toEqual(wanted.toReversed());
      expect((await append(client(), stream, 'no-stream', [rawEvent()])).wrong?.current).toBe('5');
      expect((await append(client(), stream, 5n, [rawEvent()])).revision).toBe('6');
    });
  });

  describe('Read of $all', () => {
    /** Where our events lie, with whatever others write in between. */
    const ours = async () => {
      const one = await written(client(), 40);
      const { events } = await read(one.stream);
      return { ...one, positions: events.map((event) => event.position) };
    };
    const only = (stream: string, events: readonly Seen[]) => idsOf(events.filter((event) => event.stream === stream));

    it('begins with the event at a position, and backwards with the one before it', async () => {
      const { stream, ids, positions } = await ours();
      const forwards = await read('$all', { from: positions[3]!, count: 1 });
      expect(idsOf(forwards.events)).toEqual([ids[3]]);
      const backwards = await read('$all', { from: positions[3]!, backwards: true, count: 1 });
      expect(backwards.events[0]?.position).toBeLessThan(positions[3]!);
      expect(only(stream, (await read('$all', { from: positions[0]! })).events)).toEqual(ids);
      const fromEnd = await read('$all', { from: 'end', backwards: true, count: 100 });
      expect(only(stream, fromEnd.events)).toEqual(ids.toReversed());
      expect(fromEnd.ending).toMatchObject(OK);
    });

    it('has nothing after its end, before its start and beyond its end', async () => {
      const { positions } = await ours();
      const beyond = positions.at(-1)! + 1_000_000_000n;
      for (const range of [{ from: 'end' }, { backwards: true }, { from: beyond }] as RawRange[]) {
        expect(await read('$all', range)).toMatchObject({ events: [], ending: OK });
      }
    });

    it.each<[string, (at: bigint) => RawRange, string]>([
      ['in the middle of a record', (at) => ({ from: at + 1n }), 'Unexpected ReadAllResult: Error'],
      [
        'in the middle of one, backwards',
        (at) => ({ from: at + 1n, backwards: true }),
        'Unexpected ReadAllResult: Error',
      ],
      [
        'beyond the end, backwards',
        (at) => ({ from: at + 10n ** 9n, backwards: true }),
        'Unexpected ReadAllResult: Error',
      ],
      ['with the prepare half ahead', (at) => ({ from: [at, at + 1n] }), 'Exception was thrown by handler.'],
    ])('is an error %s', async (_, range, details) => {
      const { positions } = await ours();
      const { ending } = await read('$all', range(positions[2]!));
      expect(ending).toEqual({ code: status.UNKNOWN, details, trailers: {} });
    });

    it('can begin at a commit position with a prepare position of 0', async () => {
      const { ids, positions } = await ours();
      expect(idsOf((await read('$all', { from: [positions[5]!, 0n], count: 1 })).events)).toEqual([ids[5]]);
    });

    it('gives what passes a filter, both ways, by prefixes and patterns of streams and of types', async () => {
      const type = newName();
      const [one, other] = [await written(client(), 3, { type }), await written(client(), 2, { type: `x${type}` })];
      const from = (await read(one.stream)).events[0]!.position;
      const filters = [
        [rawFilter('stream', [one.stream]), one.ids],
        [rawFilter('stream', [one.stream, other.stream]), [...one.ids, ...other.ids]],
        [rawFilter('stream', new RegExp(`${other.stream}$`)), other.ids],
        [rawFilter('type', [type], { max: 5 }), one.ids],
        [rawFilter('type', new RegExp(`^x?${type}$`)), [...one.ids, ...other.ids]],
      ] as const;
      for (const [filter, ids] of filters) {
        expect(idsOf((await read('$all', { from, filter })).events)).toEqual(ids);
        // Not to its end: the server looks through the whole log for one more event before it stops.
        const backwards = client().read(readRequest('$all', { from: 'end', backwards: true, filter }));
        await backwards.reached(ids.length);
        backwards.cancel();
        const found = backwards.messages.slice(0, ids.length).map((message) => eventOf(message)?.id);
        expect(found).toEqual(ids.toReversed());
      }
    });

    it("hides the server's own bookkeeping of leaders, but not its other streams", async () => {
      const { events } = await read('$all', { count: 1 });
      expect(events.map((event) => event.stream)).toEqual(['$$$scavenges']);
    });
  });
}
