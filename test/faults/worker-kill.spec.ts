import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countEffects, readUnknownEffects } from '../../src/records/effects-told';
import { backends, flushTestRedis, testRedisUrl } from '../support/jobs/backends';
import { type DueFirm, openDueFirm } from '../support/jobs/due-firm';
import { tellFaults } from '../support/jobs/tell-faults';
import { createRandom } from '../support/random';

const KILLS = process.env.CAIRN_FAULTS === 'full' ? 100 : 3;
const KILLS_A_DAY = 5;
const DAYS = Math.ceil(KILLS / KILLS_A_DAY);
const SEED = 60;

describe.each(backends)(`a worker killed with SIGKILL ${KILLS} times (seed ${SEED}), with queues in %s`, (backend) => {
  const random = createRandom(SEED);
  const folder = mkdtempSync(join(tmpdir(), 'cairn-letters-'));
  const file = join(folder, 'letters');
  let firm: DueFirm;
  let worker: ChildProcess | undefined;

  beforeAll(async () => {
    writeFileSync(file, '');
    if (backend === 'redis') await flushTestRedis();
    firm = await openDueFirm({ random, engagements: 30 * Math.min(KILLS, KILLS_A_DAY), coaches: 3, days: DAYS });
  }, 60_000);
  afterAll(async () => {
    await kill();
    await firm.close();
    rmSync(folder, { recursive: true });
  });

  function start(day: string): void {
    const redis = backend === 'redis' ? [testRedisUrl()] : [];
    worker = spawn(
      process.execPath,
      [
        ...['-r', './test/support/swc-register.cjs', 'test/faults/worker-child.ts'],
        ...[firm.models.url, file, `${day}T08:30:00.000Z`, String(random.below(1e6)), ...redis],
      ],
      { cwd: join(__dirname, '../..'), stdio: ['ignore', 'ignore', 'inherit'] },
    );
  }

  async function kill(): Promise<void> {
    if (worker?.exitCode !== null || worker.signalCode !== null) return;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }

  const letters = (): readonly string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  /** How many effects are over, one way or the other. */
  const ended = async (): Promise<number> => {
    const { rows } = await firm.models.pool.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM records.effects WHERE state <> 'claimed'`,
    );
    return rows[0]!.count;
  };

  it(
    'forgets nothing, does nothing twice, and lists what nobody can know',
    async () => {
      const expected: string[] = [];
      let kills = 0;
      for (const day of firm.days) {
        for (let some = 0; some < KILLS_A_DAY && kills < KILLS; some += 1) {
          const before = letters().length;
          start(day);
          // At work: somewhere between a claim, its effect and its record.
          while (letters().length === before) await sleep(5);
          await sleep(random.below(120));
          await kill();
          kills += 1;
        }
        expected.push(...firm.lettersOf(day));
        start(day);
        while ((await ended()) < expected.length) await sleep(20);
        await kill();
      }

      const found = letters();
      const { claimed, unknown, failed } = await countEffects(firm.models.pool);
      const sent = (await ended()) - unknown;
      expect([claimed, failed, sent + unknown]).toEqual([0, 0, expected.length]);
      expect(new Set(found).size).toBe(found.length);
      expect(unknown).toBeGreaterThan(0);
      expect(found.length).toBeGreaterThanOrEqual(sent);
      // What was not sent is among the unknown; everything that was is what was to be.
      const missing = [...expected];
      for (const letter of found) {
        const at = missing.indexOf(letter.slice(letter.indexOf(' ') + 1));
        expect(at).toBeGreaterThanOrEqual(0);
        missing.splice(at, 1);
      }
      expect(missing.length).toBeLessThanOrEqual(unknown);
      const listed = await readUnknownEffects(firm.models.pool, 10_000);
      expect(listed.map(({ problem }) => problem)).toEqual(Array(unknown).fill('process-died'));
      const what = `${found.length} letters, none twice, and ${unknown} effects unknown and listed`;
      tellFaults(backend, `a worker was killed ${kills} times`, what);
    },
    60_000 + KILLS * 15_000,
  );
});
