import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { EventStoreDBClient, jsonEvent, streamNameFilter, type AllStreamSubscription } from '@eventstore/db-client';
import type { Fault } from './faults';
import { startEventStoreDb, type EventStoreDbDouble } from './server';

const tried = () => jsonEvent({ type: 'Tried', data: {} });

/** What a promise came to: its value or the type or message of its error. */
const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as { type?: string }).type ?? String(error),
  );

describe('the faults of the test server', () => {
  let server: EventStoreDbDouble;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    server = await startEventStoreDb();
    client = EventStoreDBClient.connectionString(server.connectionString);
  });
  afterEach(async () => {
    await client.dispose();
    await server.stop();
  });

  const append = (stream: string, over = {}) => client.appendToStream(stream, tried(), over);
  const countIn = (stream: string) => server.log.stream(stream)?.events.length ?? 0;
  const plain = { credentials: { username: 'x', password: 'y' } };
  const subscribe = (): AllStreamSubscription =>
    client.subscribeToAll({ fromPosition: 'end', filter: streamNameFilter({ prefixes: ['s'] }) });
  const live = async () => {
    const subscription = subscribe();
    subscription.on('data', () => undefined);
    await once(subscription, 'caughtUp');
    return subscription;
  };

  it.each<[string, Omit<Fault, 'method'>, string, number]>([
    ['before it is done', { does: { kind: 'status', code: status.UNAVAILABLE } }, 'unavailable', 0],
    ['after it is done', { when: 'after', does: { kind: 'status', code: status.CANCELLED } }, 'cancelled', 1],
    ['by a reset on the way there', { does: { kind: 'reset' } }, 'unavailable', 0],
    ['by a reset on the way back', { when: 'after', does: { kind: 'reset' } }, 'unavailable', 1],
  ])('makes an append fail %s, whichever way it goes', async (_, fault, wanted, written) => {
    for (const [stream, over] of [
      ['batch', {}],
      ['plain', plain],
    ] as const) {
      await append('warm', over);
      const injected = server.faults.inject({ method: 'write', ...fault });
      expect(await outcomeOf(append(stream, over))).toBe(wanted);
      expect(countIn(stream)).toBe(written);
      expect(injected.hits).toBe(1);
      expect(await outcomeOf(append(stream, over))).toBe('done');
    }
    const effect = fault.does.kind;
    expect(server.faults.counts).toMatchObject({ [`batchAppend ${effect}`]: 1, [`append ${effect}`]: 1 });
  });

  it.each([
    ['batch', {}, 'deadline-exceeded'],
    ['plain', plain, 'timeout'],
  ])('gives up on an append in its own words (%s)', async (stream, over, wanted) => {
    server.faults.inject({ method: 'write', when: 'after', does: { kind: 'timeout' } });
    expect(await outcomeOf(append(stream, over))).toBe(wanted);
    expect(countIn(stream)).toBe(1);
  });

  it('never answers, or only after a while, and leaves the first calls alone when told so', async () => {
    await append('a');
    server.faults.inject({ method: 'write', skip: 1, does: { kind: 'silence' } });
    server.faults.inject({ method: 'append', times: 2, does: { kind: 'delay', ms: 30 } });
    expect(await outcomeOf(append('a'))).toBe('done');
    expect(await outcomeOf(append('b', { ...plain, deadline: 100 }))).toBe('deadline-exceeded');
    expect(await outcomeOf(append('c', plain))).toBe('done');
    expect([countIn('a'), countIn('b'), countIn('c')]).toEqual([2, 0, 1]);
    expect(server.faults.counts).toEqual({ 'append silence': 1, 'append delay': 1 });
  });

  it('breaks a read after so many events', async () => {
    await client.appendToStream('s', Array.from({ length: 50 }, tried));
    server.faults.inject({ method: 'read', afterEvents: 7, does: { kind: 'status', code: status.UNAVAILABLE } });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const event of client.readStream('s')) seen.push(event);
    })();
    expect(await outcomeOf(reading)).toBe('unavailable');
    expect(seen.length).toBeLessThanOrEqual(7);
    expect(await outcomeOf(client.readStream('s').forEach(() => undefined))).toBe('done');
  });

  it('drops subscriptions with an error', async () => {
    const [subscription, other] = await Promise.all([live(), live()]);
    const errors = [once(subscription, 'error'), once(other, 'error')];
    expect(server.open.subscriptions).toBe(2);
    expect(server.faults.dropSubscriptions()).toBe(2);
    for (const [error] of await Promise.all(errors)) expect(error).toMatchObject({ type: 'unknown' });
    expect(server.faults.counts['subscriptions dropped']).toBe(2);
  });

  it('silences a subscription that stays open, while a new one hears everything', async () => {
    const silent = await live();
    expect(server.faults.silenceSubscriptions()).toBe(1);
    const hearing = await live();
    const heard: unknown[] = [];
    silent.on('data', (event) => heard.push(event));
    const event = once(hearing, 'data');
    await append('s');
    await event;
    expect(heard).toEqual([]);
    expect(silent.destroyed).toBe(false);
    expect(server.open.subscriptions).toBe(2);
  });

  it('breaks all connections, and serves the next ones', async () => {
    const subscription = await live();
    const error = once(subscription, 'error');
    expect(server.faults.resetConnections()).toBe(1);
    expect((await error)[0]).toMatchObject({ type: 'unavailable' });
    expect(await outcomeOf(append('s'))).toBe('done');
  });

  it('restarts on the same port with the same log', async () => {
    await append('s');
    const subscription = await live();
    const error = once(subscription, 'error');
    await server.restart();
    expect((await error)[0]).toMatchObject({ type: 'unavailable' });
    expect(await client.appendToStream('s', tried(), { expectedRevision: 0n })).toMatchObject({
      nextExpectedRevision: 1n,
    });
    expect(server.open.subscriptions).toBe(0);
  });

  it('refuses connections while it is halted', async () => {
    await append('s');
    await server.halt();
    expect(server.isUp).toBe(false);
    expect(await outcomeOf(append('s'))).not.toBe('done');
    expect(countIn('s')).toBe(1);
    await server.start();
    while ((await outcomeOf(append('s'))) !== 'done') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(countIn('s')).toBe(2);
  });

  it('keeps positions beyond 2^53 whole', async () => {
    const firstPosition = 2n ** 60n + 1n;
    const far = await startEventStoreDb({ firstPosition, serverEvents: false });
    const there = EventStoreDBClient.connectionString(far.connectionString);
    const { position } = await there.appendToStream('s', tried());
    expect(position).toEqual({ commit: firstPosition, prepare: firstPosition });
    await there.dispose();
    await far.stop();
  });
});
