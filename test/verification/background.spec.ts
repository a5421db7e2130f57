import { createMetrics } from '../../src/platform/metrics';
import { createBackgroundVerifier } from '../../src/verification/background';
import type { Difference } from '../../src/verification/difference';
import { readCheckpoints } from '../../src/verification/reached';
import type { Verification } from '../../src/verification/verification';
import { historyOf } from '../support/histories';
import { openReadModels, type ReadModels } from '../support/read-models';

describe('verifying in the background', () => {
  let models: ReadModels;
  const histories = Array.from({ length: 11 }, (_, seed) => historyOf({ seed: seed + 1, length: 30 }));
  const [first] = histories;

  beforeAll(async () => {
    models = await openReadModels();
    await models.play(histories);
    await models.project();
  });
  afterAll(() => models.close());

  /** A verifier at work, with what it has told, and metrics that can be waited for. */
  function start(over: Partial<Verification['store']> = {}) {
    const { pool, store } = models;
    const metrics = createMetrics(false);
    const differences: Difference[] = [];
    const problems: unknown[] = [];
    const asked: number[] = [];
    let time = 0;
    const verifier = createBackgroundVerifier({
      verification: {
        pool,
        store: { ...store, ...over },
        timeZone: 'UTC',
        readReached: (db, streams) => {
          asked.push(streams.length);
          return readCheckpoints(db, streams);
        },
      },
      everyMs: 1,
      streamsEachTime: 3,
      clock: { now: () => new Date(time) },
      metrics,
      onDifference: (one) => differences.push(one),
      onProblem: (one) => problems.push(one),
    });
    const stop = new AbortController();
    const running = verifier.run(stop.signal);
    const read = async (name: string): Promise<number> => {
      const { text } = await metrics.read();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    return {
      differences,
      problems,
      asked,
      read,
      pass: (seconds: number) => (time += seconds * 1_000),
      until: async (name: string, isSo: (value: number) => boolean) => {
        while (!isSo(await read(name))) await new Promise((resolve) => setTimeout(resolve, 2));
      },
      stop: async () => {
        stop.abort();
        await running;
      },
    };
  }

  it('goes round and round, a few streams at a time, and says how old the last round is', async () => {
    const work = start();
    work.pass(60);
    await work.until('cairn_verified_streams_total', (streams) => streams > 2 * histories.length);
    await work.until('cairn_verification_round_age_seconds', (age) => age === 0);
    work.pass(30);
    await work.until('cairn_verification_round_age_seconds', (age) => age === 0);
    await work.stop();
    work.pass(30);
    expect(await work.read('cairn_verification_round_age_seconds')).toBe(30);
    expect(await work.read('cairn_verification_differences')).toBe(0);
    expect(Math.max(...work.asked)).toBe(3);
    expect(work.problems).toEqual([]);
  });

  it('tells once of what differs, and forgets it when it is equal again', async () => {
    const work = start();
    const { pool } = models;
    await pool.query('UPDATE read_model.goals SET weight = weight + 1 WHERE engagement_id = $1', [first!.engagementId]);
    await pool.query(
      `INSERT INTO read_model.notes
       SELECT 'other', engagement_id, note_id, visibility, author, occurred_at, about, text, digest,
              ordinal, event_id, commit_position, prepare_position FROM read_model.notes LIMIT 1`,
    );
    await work.until('cairn_verification_differences', (streams) => streams === 2);
    const seen = await work.read('cairn_verified_streams_total');
    await work.until('cairn_verified_streams_total', (streams) => streams > seen + 2 * histories.length);
    expect(await work.read('cairn_verification_differences')).toBe(2);
    await pool.query('UPDATE read_model.goals SET weight = weight - 1 WHERE engagement_id = $1', [first!.engagementId]);
    await pool.query("DELETE FROM read_model.notes WHERE tenant_id = 'other'");
    await work.until('cairn_verification_differences', (streams) => streams === 0);
    await work.stop();
    expect(work.differences).toHaveLength(2);
    expect(work.differences).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ stream: first!.stream, column: 'weight' }),
        expect.objectContaining({ kind: 'extra row', table: 'read_model.notes' }),
      ]),
    );
  });

  it('goes on after a time that failed', async () => {
    let failures = 3;
    const work = start({
      streamRevision: (stream) => {
        failures -= 1;
        if (failures >= 0) return Promise.reject(new Error('away'));
        return models.store.streamRevision(stream);
      },
    });
    await work.until('cairn_verified_streams_total', (streams) => streams > histories.length);
    await work.stop();
    expect(work.problems).toHaveLength(3);
    expect(work.differences).toEqual([]);
  });
});
