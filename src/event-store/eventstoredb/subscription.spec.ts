import { status } from '@grpc/grpc-js';
import { jsonEvent } from '../../../test/support/eventstoredb/event-log';
import { rpcError } from '../../../test/support/eventstoredb/rpc-errors';
import { startEventStoreDb, type EventStoreDbDouble } from '../../../test/support/eventstoredb/server';
import { idsOf, newStream, sampleEvents } from '../../../test/support/sample-events';
import type { BulkEventStore, LogBatch, Position, SubscriptionTrouble } from '../event-store';
import { comparePositions } from '../position';
import { createEventStoreDbEventStore } from './eventstoredb-event-store';
import type { EventStoreDbTimeouts } from './timeouts';

const TIMEOUTS: Partial<EventStoreDbTimeouts> = {
  silence: 40,
  read: 500,
  connect: 500,
  giveUp: 200,
  retry: { firstMs: 2, capMs: 10 },
  resubscribe: { firstMs: 2, capMs: 10 },
};

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** A subscriber that keeps what it is given, each batch after a pause where one is asked for. */
function follow(store: BulkEventStore, after?: Position, pause?: () => Promise<void>, batchSize = 500) {
  const stop = new AbortController();
  const batches: LogBatch[] = [];
  const ids: string[] = [];
  const troubles: (SubscriptionTrouble | null)[] = [];
  const done = (async () => {
    const options = {
      ...(after && { after }),
      batchSize,
      signal: stop.signal,
      onTrouble: (t: SubscriptionTrouble | null) => troubles.push(t),
    };
    for await (const batch of store.subscribe(options)) {
      batches.push(batch);
      ids.push(...idsOf(batch.events));
      await pause?.();
    }
  })();
  return {
    batches,
    ids,
    troubles,
    upTo: () => batches.at(-1)?.upTo,
    stop: () => {
      stop.abort();
      return done;
    },
  };
}

describe('a subscription to EventStoreDB', () => {
  let server: EventStoreDbDouble;
  let store: BulkEventStore;
  const write = async (count: number): Promise<string[]> => {
    const events = sampleEvents(count);
    await store.append(newStream(), 'no-stream', events);
    return idsOf(events);
  };
  beforeEach(async () => {
    server = await startEventStoreDb();
    store = createEventStoreDbEventStore({ url: server.connectionString, timeouts: TIMEOUTS });
  });
  afterEach(async () => {
    await store.close();
    await server.stop();
  });

  it.each<[string, () => unknown]>([
    ['is dropped', () => server.faults.dropSubscriptions()],
    ['loses its connection', () => server.faults.resetConnections()],
    ['lost a server that was restarted', () => server.restart(20)],
    ['is refused by a server that shuts down', () => server.faults.dropSubscriptions(rpcError(status.INTERNAL, 'RST'))],
    ['is silent', () => server.faults.silenceSubscriptions()],
  ])('goes on after its last event when it %s', async (_, fault) => {
    const subscriber = follow(store);
    const wanted = await write(3);
    await until(() => subscriber.ids.length === 3);
    for (let turn = 1; turn <= 3; turn += 1) {
      await fault();
      wanted.push(...(await write(2)));
      await until(() => subscriber.ids.length === 3 + 2 * turn);
    }
    await until(() => subscriber.troubles.at(-1) === null);
    expect(subscriber.ids).toEqual(wanted);
    expect(subscriber.troubles.filter((trouble) => trouble !== null).length).toBeGreaterThanOrEqual(3);
    await subscriber.stop();
  });

  it('tells of each try that fails, and when the server answers again', async () => {
    const subscriber = follow(store);
    const wanted = await write(1);
    await until(() => subscriber.ids.length === 1);
    await server.halt();
    await until(() => subscriber.troubles.length >= 4);
    expect(subscriber.troubles.map((trouble) => trouble?.attempts).slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(subscriber.troubles[3]?.error).toBeInstanceOf(Error);
    await server.start();
    await until(() => subscriber.troubles.at(-1) === null);
    wanted.push(...(await write(1)));
    await until(() => subscriber.ids.length === 2);
    expect(subscriber.ids).toEqual(wanted);
    await subscriber.stop();
  });

  it('takes quiet for no fault', async () => {
    const subscriber = follow(store);
    await write(1);
    await until(() => subscriber.ids.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(subscriber.troubles).toEqual([]);
    expect(server.open.subscriptions).toBe(1);
    await subscriber.stop();
  });

  it('takes bursts that the server does not hold for it, without a word', async () => {
    const subscriber = follow(store, undefined, () => new Promise((resolve) => setTimeout(resolve, 3)));
    const wanted = await write(1);
    await until(() => subscriber.ids.length === 1);
    wanted.push(...(await write(1000)), ...(await write(1000)));
    await until(() => subscriber.ids.length === wanted.length);
    expect(subscriber.ids).toEqual(wanted);
    expect(server.faults.counts['subscription too slow']).toBeGreaterThan(0);
    expect(subscriber.troubles).toEqual([]);
    await subscriber.stop();
  });

  it('comes past what others write, and never says so before their predecessors were handed on', async () => {
    const held: (() => void)[] = [];
    const subscriber = follow(store, undefined, () => new Promise((resolve) => held.push(resolve)), 10);
    await write(1);
    await until(() => held.length === 1);
    const wanted = await write(40);
    server.noise(2000);
    const end = server.log.events.at(-1)!.position;
    // While the subscriber works on its first batch, checkpoints come that are far ahead of the second.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await until(() => {
      held.shift()?.();
      return (subscriber.upTo()?.commit ?? 0n) > end - 200_000n;
    });
    let last: Position | undefined;
    const seen: string[] = [];
    for (const { events, upTo } of subscriber.batches) {
      for (const event of events) {
        if (last) expect(comparePositions(last, event.position)).toBeLessThan(0);
        last = event.position;
      }
      seen.push(...idsOf(events));
      if (last) expect(comparePositions(last, upTo)).toBeLessThanOrEqual(0);
      last = upTo;
    }
    expect(seen.slice(1)).toEqual(wanted);
    const beyond = ({ events, upTo }: LogBatch) => comparePositions(upTo, events.at(-1)?.position ?? upTo) > 0;
    expect(subscriber.batches.some((batch) => batch.events.length === 0 || beyond(batch))).toBe(true);

    // Whoever goes on from there is given what comes, and nothing twice.
    const next = follow(store, subscriber.upTo());
    const later = await write(2);
    await until(() => next.ids.length === 2);
    expect(next.ids).toEqual(later);
    const stopping = subscriber.stop();
    held.forEach((goOn) => {
      goOn();
    });
    await Promise.all([stopping, next.stop()]);
  });

  it('goes on from every checkpoint of the way without losing or repeating anything', async () => {
    const all: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      all.push(...(await write(1 + turn)));
      server.noise(700);
    }
    all.push(...(await write(1)));
    const whole = follow(store);
    await until(() => whole.ids.length === all.length);
    await whole.stop();
    let before = 0;
    for (const { events, upTo } of whole.batches) {
      before += events.length;
      if (before === all.length) break;
      const rest = follow(store, upTo);
      await until(() => rest.ids.length === all.length - before);
      expect(rest.ids).toEqual(all.slice(before));
      await rest.stop();
    }
  });

  it('does not go on in a log that ends before the place it reached', async () => {
    await write(3);
    const head = await store.head();
    const ahead = { commit: head!.commit + 1_000_000n, prepare: head!.prepare + 1_000_000n };
    const subscriber = follow(store, ahead);
    await until(() => subscriber.troubles.length >= 2);
    expect(subscriber.troubles[0]?.error.message).toMatch(/ends before the place that has been read already/);
    expect(server.open.subscriptions).toBe(0);
    await subscriber.stop();
  });

  it('hands on events of a kind that it can not read, in their place', async () => {
    const stream = newStream();
    const [first] = await write(1);
    const bare = { ...jsonEvent('Imported', '{"a":1}'), id: 'b0a7cdd8-7e1f-4c84-8f3a-2f9c3b6a9d10' };
    server.log.append(stream, 'no-stream', [bare]);
    const [last] = await write(1);
    const subscriber = follow(store);
    await until(() => subscriber.ids.length === 3);
    expect(subscriber.ids).toEqual([first, bare.id, last]);
    expect(subscriber.batches.flatMap(({ events }) => events)[1]).toMatchObject({
      stream,
      revision: 0n,
      type: 'Imported',
      problem: 'It has no metadata.',
    });
    await subscriber.stop();
  });

  it('leaves no call open, whichever way it ends', async () => {
    const [aborted, closed] = [follow(store), follow(store)];
    await write(1);
    await until(() => aborted.ids.length === 1 && closed.ids.length === 1);
    expect(server.open.subscriptions).toBe(2);
    await aborted.stop();
    await until(() => server.open.subscriptions === 1);
    for await (const batch of store.subscribe({ signal: new AbortController().signal })) {
      expect(batch.events).toHaveLength(1);
      break;
    }
    await until(() => server.open.subscriptions === 1);
    await store.close();
    await until(() => server.open.subscriptions === 0 && server.open.connections === 0);
    await closed.stop();
  });

  it('ends at once while the server is away', async () => {
    await server.halt();
    const subscriber = follow(store);
    await until(() => subscriber.troubles.length > 0);
    await subscriber.stop();
    expect(subscriber.ids).toEqual([]);
  });
});
