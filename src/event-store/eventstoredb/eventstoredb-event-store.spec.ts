import { randomUUID } from 'node:crypto';
import { createCertificate } from '../../../test/support/eventstoredb/certificate';
import { jsonEvent } from '../../../test/support/eventstoredb/event-log';
import { contentOf } from '../../../test/support/eventstoredb/logged';
import { startEventStoreDb, type EventStoreDbDouble } from '../../../test/support/eventstoredb/server';
import { collect, newStream, sampleEvent, sampleEvents } from '../../../test/support/sample-events';
import { StartError } from '../../platform/start-error';
import { WrongExpectedRevision, type BulkEventStore } from '../event-store';
import { createEventStoreDbEventStore } from './eventstoredb-event-store';

const TIMEOUTS = { append: 100, read: 200, connect: 300, giveUp: 250, retry: { firstMs: 2, capMs: 10 } };

describe('the log in EventStoreDB', () => {
  let server: EventStoreDbDouble;
  const stores: BulkEventStore[] = [];
  const open = (url = server.connectionString): BulkEventStore => {
    const store = createEventStoreDbEventStore({ url, timeouts: TIMEOUTS });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    // Positions that no Number holds.
    server = await startEventStoreDb({ firstPosition: 2n ** 60n + 1n });
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await server.stop();
  });

  it('keeps events so that tools of EventStoreDB show which belong together', async () => {
    const event = sampleEvent({ n: 1 }, { schemaVersion: 3 });
    const caused = sampleEvent({ n: 2 });
    const effect = { ...caused, metadata: { ...caused.metadata, causationId: event.eventId } };
    const stream = newStream();
    await open().append(stream, 'no-stream', [event, effect]);
    const [first, second] = server.log.stream(stream)!.events;
    expect(contentOf(first!)).toEqual({
      data: { n: 1 },
      metadata: {
        $correlationId: event.metadata.correlationId,
        tenantId: 'firm-1',
        actor: { id: 'coach-1', role: 'coach' },
        onBehalfOf: 'client-1',
        occurredAt: event.metadata.occurredAt,
        recordedAt: event.metadata.recordedAt,
        commandId: event.metadata.commandId,
        schemaVersion: 3,
      },
    });
    expect(contentOf(second!).metadata).toMatchObject({ $causationId: event.eventId });
    expect(await collect(open().readStream(stream))).toMatchObject([event, effect]);
  });

  it('keeps both halves of positions beyond 2^53', async () => {
    const store = open();
    const answer = await store.append(newStream(), 'no-stream', sampleEvents(3));
    expect(answer.position.commit).toBeGreaterThan(2n ** 60n);
    const log = await collect(store.readAll());
    expect(log.map(({ position }) => position)).toEqual(
      server.log.events.slice(-3).map(({ position }) => ({ commit: position, prepare: position })),
    );
    expect(await collect(store.readAll({ after: log[0]!.position }))).toEqual(log.slice(1));
    expect(await store.head()).toEqual(answer.position);
  });

  it('finds its head behind any number of events of others, and looks at those once', async () => {
    const store = open();
    expect(await store.head()).toBeNull();
    const { position } = await store.append(newStream(), 'no-stream', sampleEvents(2));
    server.noise(5000);
    expect(await store.head()).toEqual(position);
    const once = server.faults.inject({ method: 'read', times: 1000, does: { kind: 'delay', ms: 0 } });
    expect(await store.head()).toEqual(position);
    expect(once.hits).toBe(1);
    once.remove();
    server.noise(3);
    const later = await store.append(newStream(), 'no-stream', sampleEvents(1));
    expect(await store.head()).toEqual(later.position);
  });

  it('sees in one process what it refused in another: no id twice in a stream, at whatever revision', async () => {
    const stream = newStream();
    const events = sampleEvents(3);
    await open().append(stream, 'no-stream', events);
    const other = open();
    for (const again of [events, [events[2]!], [sampleEvent(), events[0]!]]) {
      await expect(other.append(stream, 2n, again)).rejects.toThrow(WrongExpectedRevision);
    }
    await other.append(stream, 2n, sampleEvents(1));
    expect(await collect(other.readStream(stream))).toHaveLength(4);
  });

  it('is told apart from every other log, by one id that whoever asks first writes', async () => {
    const ids = await Promise.all([open(), open(), open()].map((store) => store.logId()));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await collect(open().readAll())).toEqual([]);
    const another = await startEventStoreDb();
    expect(await open(another.connectionString).logId()).not.toBe(ids[0]);
    await stores.pop()?.close();
    await another.stop();
  });

  it('says what to do where its user may not name it', async () => {
    const certificate = createCertificate();
    const guarded = await startEventStoreDb({ certificate, users: { admin: 'a', reader: 'b' } });
    const acl = JSON.stringify({ $acl: { $r: '$all', $w: 'admin' } });
    guarded.log.append('$$cairn-log', 'any', [jsonEvent('$metadata', acl)]);
    const as = (user: string) => open(guarded.connectionString.replace('esdb://', `esdb://${user}@`));
    const reader = as('reader:b');
    await expect(reader.logId()).rejects.toThrow(/may not write it to the stream cairn-log: start once with a user/);
    expect(await as('admin:a').logId()).toBe(await reader.logId());
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await guarded.stop();
    certificate.remove();
  });

  it('takes many streams at once, each in its order, and begins nothing more after a failure', async () => {
    const store = open();
    const streams = Array.from({ length: 100 }, newStream);
    const appends = [0, 1, 2].flatMap((turn) =>
      streams.map((stream) => ({
        stream,
        expectedRevision: turn === 0 ? ('no-stream' as const) : BigInt(turn - 1),
        events: sampleEvents(1),
      })),
    );
    const results = await store.appendMany(appends);
    expect(results.map(({ revision }) => revision)).toEqual(appends.map((_, index) => BigInt(Math.floor(index / 100))));
    expect(await store.appendMany(appends)).toEqual(results);
    expect(await collect(store.readAll())).toHaveLength(300);
    const bad = [
      { stream: streams[0]!, expectedRevision: 9n, events: sampleEvents(1) },
      { stream: streams[0]!, expectedRevision: 2n, events: sampleEvents(1) },
    ];
    await expect(store.appendMany(bad)).rejects.toThrow(WrongExpectedRevision);
    expect(await store.streamRevision(streams[0]!)).toBe(2n);
    expect(await store.appendMany([])).toEqual([]);
  });

  it('refuses a connection string that is none, before anything else', () => {
    expect(() => open(`postgres://u:${randomUUID()}@h`)).toThrow(StartError);
  });
});
