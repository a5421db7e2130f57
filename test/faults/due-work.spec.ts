import { setTimeout as sleep } from 'node:timers/promises';
import type { Queues } from '../../src/jobs/queues';
import { backends, createTestQueues, type TestQueues } from '../support/jobs/backends';
import { type DueFirm, type DueFirmOptions, openDueFirm } from '../support/jobs/due-firm';
import { createDueWorkers, type DueWorkers } from '../support/jobs/due-workers';
import { tellFaults } from '../support/jobs/tell-faults';
import { createRandom } from '../support/random';

const isFull = process.env.CAIRN_FAULTS === 'full';
const FLUSHES = isFull ? 50 : 4;
const CLOCKS = isFull ? 20 : 4;
/** Two for each engagement of the two days that are looked at, and letters to coaches. */
const AT_ONCE = isFull ? { engagements: 2_500, coaches: 50 } : { engagements: 60, coaches: 6 };
const SEED = 6;

describe.each(backends)('work that is due, with queues in %s', (backend) => {
  let firm: DueFirm;
  let test: TestQueues;
  let workers: DueWorkers;
  let one: Queues;
  let other: Queues;
  let present = 0;
  const random = createRandom(SEED);

  async function begin(options: Omit<DueFirmOptions, 'random'>): Promise<void> {
    present = 0;
    firm = await openDueFirm({ random, ...options });
    test = await createTestQueues(backend);
    workers = createDueWorkers(firm, { now: () => new Date(present) });
    [one, other] = [await test.open(), await test.open()];
  }
  afterEach(async () => {
    jest.restoreAllMocks();
    await workers.stop();
    await test.stop();
    await firm.close();
  });

  const at = (day: string): void => {
    present = Date.parse(`${day}T08:30:00Z`);
  };

  const told = (): string => `${workers.letters.length} letters, none missing, none twice`;

  /** Everything that was due is told of, once. */
  async function expectTold(day: string, before: number): Promise<void> {
    const expected = firm.lettersOf(day);
    while (workers.letters.length < before + expected.length) await sleep(5);
    await workers.idle(one);
    expect(workers.letters.slice(before).toSorted()).toEqual(expected);
  }

  it(
    `is neither forgotten nor done twice when the queues are lost ${FLUSHES} times (seed ${SEED})`,
    async () => {
      await begin({ engagements: 6, coaches: 2, days: FLUSHES });
      await workers.start(one);
      await workers.start(other);
      workers.letterMs = () => random.below(40);
      const jobs = async (): Promise<number> => {
        const { waiting = 0, active = 0 } = await one.queue('notifications').getJobCounts('waiting', 'active');
        return waiting + active;
      };
      let lost = 0;
      for (const day of firm.days) {
        const before = workers.letters.length;
        at(day);
        while ((await jobs()) === 0) await sleep(2);
        await sleep(random.below(30));
        lost += await jobs();
        await test.flush();
        await expectTold(day, before);
      }
      expect(lost).toBeGreaterThan(0);
      tellFaults(backend, `the queues were flushed ${FLUSHES} times`, `${lost} jobs lost, ${told()}`);
    },
    60_000 + FLUSHES * 10_000,
  );

  it(
    `is done once by two workers and two sweepers at once (seed ${SEED})`,
    async () => {
      await begin({ ...AT_ONCE, days: 3 });
      at(firm.days[1]!);
      workers.letterMs = () => random.below(3);
      await workers.start(one);
      await workers.start(other);
      for (const day of firm.days.slice(1)) {
        const before = workers.letters.length;
        at(day);
        while (workers.letters.length < before + firm.lettersOf(day).length / 2) {
          await Promise.all([workers.offer(one), workers.offer(other)]);
        }
        await expectTold(day, before);
      }
      const { rows } = await firm.models.pool.query<{ items: number; others: number }>(
        `SELECT count(*)::integer AS items, (count(*) FILTER (WHERE e.state <> 'sent'))::integer AS others
         FROM records.effect_items JOIN records.effects e USING (tenant, effect_key)`,
      );
      const { items, others } = rows[0]!;
      expect([items, others]).toEqual([AT_ONCE.engagements * 5, 0]);
      tellFaults(backend, 'two workers and two sweepers at once', `${items} items, ${told()}`);
    },
    isFull ? 600_000 : 60_000,
  );

  it(
    `is neither forgotten nor done twice when the clock goes an hour forward or back ${CLOCKS} times (seed ${SEED})`,
    async () => {
      await begin({ engagements: 6, coaches: 2, days: CLOCKS });
      const realNow = Date.now;
      let skew = 0;
      jest.spyOn(Date, 'now').mockImplementation(() => realNow() + skew);
      await workers.start(one);
      await workers.start(other);
      workers.letterMs = () => random.below(20);
      const HOUR = 3_600_000;
      let back = 0;
      for (const [index, day] of firm.days.entries()) {
        const before = workers.letters.length;
        at(day);
        const by = index % 2 === 0 ? HOUR : -HOUR;
        await sleep(random.below(250));
        // The clock of the machine, by which the queues go, and with it that of the product.
        skew += by;
        present += by;
        back += Number(by < 0);
        await sleep(random.below(250));
        // Before eight nothing may be said; half an hour later it is to be.
        if (by < 0) {
          const early = workers.letters.length;
          await workers.idle(one);
          expect(workers.letters).toHaveLength(early);
          present += HOUR / 2;
        }
        await expectTold(day, before);
      }
      tellFaults(backend, `the clock went an hour ${CLOCKS} times`, `${back} of them back, ${told()}`);
    },
    60_000 + CLOCKS * 10_000,
  );
});
