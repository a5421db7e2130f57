import { jsonEvent } from '../../../test/support/eventstoredb/event-log';
import { startEventStoreDb, type EventStoreDbDouble } from '../../../test/support/eventstoredb/server';
import { collect, idsOf, newStream, sampleEvent } from '../../../test/support/sample-events';
import { UnreadableEvent, type BulkEventStore } from '../event-store';
import { createEventStoreDbEventStore } from './eventstoredb-event-store';

describe('an event in EventStoreDB that is not ours', () => {
  let server: EventStoreDbDouble;
  let store: BulkEventStore;
  beforeEach(async () => {
    server = await startEventStoreDb();
    store = createEventStoreDbEventStore({ url: server.connectionString });
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  const foreign = (over: object = {}) => ({ ...jsonEvent('Imported', '{"a":1}'), ...over });
  const metadata = (over: object) =>
    Buffer.from(
      JSON.stringify({
        $correlationId: 'c',
        tenantId: 't',
        actor: { id: 'a', role: 'coach' },
        occurredAt: '2026-01-05T09:30:00.000Z',
        recordedAt: '2026-01-05T09:30:00.000Z',
        commandId: 'd',
        schemaVersion: 1,
        ...over,
      }),
    );

  it.each<[string, object, RegExp]>([
    ['is no JSON', { isJson: false }, /no JSON\./],
    ['is broken JSON', { data: Buffer.from('{"a":') }, /no JSON object/],
    ['is a list', { data: Buffer.from('[1]') }, /no JSON object/],
    ['has no metadata', {}, /no metadata/],
    ['has broken metadata', { metadata: Buffer.from('{') }, /no metadata/],
    ['has no version', { metadata: metadata({ schemaVersion: undefined }) }, /no schemaVersion/],
    ['has half a version', { metadata: metadata({ schemaVersion: 1.5 }) }, /no schemaVersion/],
    ['has no actor', { metadata: metadata({ actor: 'coach' }) }, /no actor/],
    ['has no tenant', { metadata: metadata({ tenantId: 7 }) }, /no tenantId/],
    ['has no correlation', { metadata: metadata({ $correlationId: null }) }, /no correlationId/],
    ['has a causation of its own kind', { metadata: metadata({ $causationId: 1 }) }, /no readable \$causationId/],
  ])('keeps its place when it %s, and is never skipped', async (_, over, problem) => {
    const stream = newStream();
    const [before, after] = [sampleEvent(), sampleEvent()];
    await store.append(stream, 'no-stream', [before]);
    const event = foreign(over);
    server.log.append(stream, 0n, [event]);
    await store.append(stream, 1n, [after]);

    const log = await collect(store.readAll());
    expect(idsOf(log)).toEqual([before.eventId, event.id, after.eventId]);
    expect(log[1]).toMatchObject({
      stream,
      revision: 1n,
      type: 'Imported',
      problem: expect.stringMatching(problem) as string,
    });
    expect(log[1]).toHaveProperty('recordedAt', expect.stringMatching(/^\d{4}-.*T.*Z$/) as string);

    const read: string[] = [];
    const reading = (async () => {
      for await (const one of store.readStream(stream)) read.push(one.eventId);
    })();
    await expect(reading).rejects.toThrow(UnreadableEvent);
    expect(read).toEqual([before.eventId]);
    await expect(store.findInStream(stream, [event.id])).rejects.toThrow(event.id);
    expect(idsOf(await store.findInStream(stream, [after.eventId]))).toEqual([after.eventId]);
  });

  it('is not even looked at in a stream of others', async () => {
    server.log.append('invoice-1', 'no-stream', [foreign({ isJson: false })]);
    server.log.append('engagements', 'no-stream', [foreign()]);
    expect(await collect(store.readAll())).toEqual([]);
    expect(await store.head()).toBeNull();
  });
});
