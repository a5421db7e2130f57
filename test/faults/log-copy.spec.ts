import { surveyLog } from '../../src/event-store/copy/survey';
import { compareLogs } from '../../src/event-store/copy/compare-logs';
import { type CliRun, runCli, startCli } from '../support/cli-process';
import { openEventLog, type EventLog } from '../support/event-log';
import { createRandom } from '../support/random';
import { newStream, sampleEvents } from '../support/sample-events';

/** How often the copy is killed. */
const KILLS = process.env.CAIRN_FAULTS === 'full' ? 25 : 4;
const SEED = 4;
const STREAMS = 40;
const ROUNDS = 100;

describe(`a copy of a log killed with SIGKILL ${KILLS} times (seed ${SEED})`, () => {
  let source: EventLog;
  let target: EventLog;
  beforeAll(async () => {
    [source, target] = await Promise.all([openEventLog('shared server'), openEventLog('shared server')]);
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

  const args = () => ['log', 'copy', '--from', 'postgres', '--to', 'postgres', '--to-url', target.url];
  const environment = () => ({ DATABASE_URL: source.url, LOG_LEVEL: '' });

  it(
    'is made whole by the next run, with nothing twice',
    async () => {
      const random = createRandom(SEED);
      const counts: number[] = [];
      const endings: CliRun['code'][] = [];
      for (let kill = 0; kill < KILLS; kill += 1) {
        const before = await count();
        const run = startCli(args(), environment());
        // At a random moment of its writing, or at once when the copy is there already.
        const upTo = before + random.below((STREAMS * ROUNDS * 2) / KILLS);
        while ((await count()) <= upTo && (await count()) < STREAMS * ROUNDS * 2) {
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        run.kill('SIGKILL');
        endings.push((await run.ended).code);
        counts.push(await count());
      }
      expect(endings).toEqual(Array(KILLS).fill(null));
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
      expect(counts[0]).toBeLessThan(STREAMS * ROUNDS * 2);

      const { code, out } = await runCli(args(), environment());
      expect([code, out]).toEqual([0, expect.stringContaining('each stream is the same in both')]);
      expect(await count()).toBe(STREAMS * ROUNDS * 2);
      const [ours, theirs] = [await surveyed(source), await surveyed(target)];
      expect(await compareLogs(ours, theirs, 10)).toEqual({ streams: 0, differences: [], sameOrder: true });
    },
    60_000 + KILLS * 20_000,
  );

  async function count(): Promise<number> {
    const { rows } = await target.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM event_log.event');
    return rows[0]!.n;
  }

  async function surveyed({ store }: EventLog) {
    return { store, survey: await surveyLog(store, await store.head(), () => undefined) };
  }
});
