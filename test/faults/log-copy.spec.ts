import { compareLogs } from '../../src/event-store/copy/compare-logs';
import { surveyLog } from '../../src/event-store/copy/survey';
import type { BulkEventStore } from '../../src/event-store/event-store';
import { createEventStoreDbEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store';
import { type CliRun, runCli, startCli } from '../support/cli-process';
import { openEventLog, type EventLog } from '../support/event-log';
import { startEventStoreDb } from '../support/eventstoredb/server';
import { createRandom } from '../support/random';
import { newStream, sampleEvents } from '../support/sample-events';

/** How often each copy is killed. */
const KILLS = process.env.CAIRN_FAULTS === 'full' ? 25 : 3;
const SEED = 4;
const STREAMS = 40;
const ROUNDS = 50;
const EVENTS = STREAMS * ROUNDS * 2;

/** Where a copy goes to. */
type Target = {
  readonly kind: 'postgres' | 'eventstoredb';
  readonly url: string;
  readonly store: BulkEventStore;
  readonly count: () => Promise<number>;
  readonly close: () => Promise<unknown>;
};

async function postgresTarget(): Promise<Target> {
  const log = await openEventLog('shared server');
  const count = async () => {
    const { rows } = await log.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM event_log.event');
    return rows[0]!.n;
  };
  return { kind: 'postgres', url: log.url, store: log.store, count, close: () => log.close() };
}

async function eventStoreDbTarget(): Promise<Target> {
  const server = await startEventStoreDb();
  const store = createEventStoreDbEventStore({ url: server.connectionString });
  return {
    kind: 'eventstoredb',
    url: server.connectionString,
    store,
    count: () => Promise.resolve(server.log.events.filter(({ stream }) => stream.startsWith('engagement-')).length),
    close: async () => {
      await store.close();
      await server.stop();
    },
  };
}

describe.each([
  ['Postgres', postgresTarget],
  ['EventStoreDB', eventStoreDbTarget],
])(`a copy of a log to %s, killed with SIGKILL ${KILLS} times (seed ${SEED})`, (_name, openTarget) => {
  let source: EventLog;
  let target: Target;
  beforeAll(async () => {
    [source, target] = await Promise.all([openEventLog('shared server'), openTarget()]);
    const streams = Array.from({ length: STREAMS }, newStream);
    for (let round = 0; round < ROUNDS; round += 1) {
      await source.store.appendMany(
        streams.map((stream) => ({
          stream,
          expectedRevision: round === 0 ? 'no-stream' : BigInt(2 * round - 1),
          events: sampleEvents(2),
        })),
      );
    }
  }, 60_000);
  afterAll(() => Promise.all([source.close(), target.close()]));

  const args = () => ['log', 'copy', '--from', 'postgres', '--to', target.kind, '--to-url', target.url];
  const environment = () => ({ DATABASE_URL: source.url, LOG_LEVEL: '' });

  it(
    'is made whole by the next run, with nothing twice',
    async () => {
      const random = createRandom(SEED);
      const counts: number[] = [];
      const endings: CliRun['code'][] = [];
      for (let kill = 0; kill < KILLS; kill += 1) {
        const run = startCli(args(), environment());
        // Somewhere in its share of the writing.
        const upTo = (EVENTS * kill) / (KILLS + 1) + random.below(EVENTS / (KILLS + 1));
        while ((await target.count()) <= upTo) await new Promise((resolve) => setTimeout(resolve, 2));
        run.kill('SIGKILL');
        endings.push((await run.ended).code);
        counts.push(await target.count());
      }
      expect(endings).toEqual(Array(KILLS).fill(null));
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
      expect(counts[0]).toBeLessThan(EVENTS);

      const { code, out } = await runCli(args(), environment());
      expect([code, out]).toEqual([0, expect.stringContaining('each stream is the same in both')]);
      expect(await target.count()).toBe(EVENTS);
      await expectSame(source.store, target.store);
    },
    60_000 + KILLS * 20_000,
  );

  it('comes back as it was', async () => {
    const back = await openEventLog('shared server');
    const { code } = await runCli(
      ['log', 'copy', '--from', target.kind, '--from-url', target.url, '--to', 'postgres', '--to-url', back.url],
      { LOG_LEVEL: '' },
    );
    expect(code).toBe(0);
    await expectSame(source.store, back.store);
    await back.close();
  }, 120_000);
});

async function expectSame(one: BulkEventStore, other: BulkEventStore): Promise<void> {
  const comparison = await compareLogs(await surveyed(one), await surveyed(other), 10);
  expect(comparison).toEqual({ streams: 0, differences: [], sameOrder: true });
}

async function surveyed(store: BulkEventStore) {
  const survey = await surveyLog(store, await store.head(), () => undefined);
  expect(survey.events).toBe(EVENTS);
  return { store, survey };
}
