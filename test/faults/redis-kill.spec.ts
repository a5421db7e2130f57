import { setTimeout as sleep } from 'node:timers/promises';
import type { Queues } from '../../src/jobs/queues';
import { backends, createTestQueues, type TestQueues } from '../support/jobs/backends';
import { type DueFirm, openDueFirm } from '../support/jobs/due-firm';
import { createDueWorkers, type DueWorkers } from '../support/jobs/due-workers';
import { hasRedisServer, type RedisServer, startRedisServer } from '../support/jobs/redis-server';
import { tellFaults } from '../support/jobs/tell-faults';
import { createRandom } from '../support/random';

const KILLS = process.env.CAIRN_FAULTS === 'full' ? 50 : 4;
const SEED = 61;
const canRun = backends.includes('redis') && hasRedisServer();

// Needs the program redis-server, and to be asked for: see npm run test:redis.
(canRun ? describe : describe.skip)(`a Redis that is killed ${KILLS} times while work is due (seed ${SEED})`, () => {
  const random = createRandom(SEED);
  let present = '';
  let redis: RedisServer;
  let firm: DueFirm;
  let test: TestQueues;
  let workers: DueWorkers;
  let one: Queues;

  beforeAll(async () => {
    firm = await openDueFirm({ random, engagements: 6, coaches: 2, days: KILLS });
    redis = await startRedisServer();
    test = await createTestQueues('redis', redis.url);
    present = `${firm.days[0]!}T01:00:00.000Z`;
    workers = createDueWorkers(firm, { now: () => new Date(present) });
    workers.letterMs = () => random.below(20);
    one = await test.open();
    await workers.start(one);
    await workers.start(await test.open());
  }, 60_000);
  afterAll(async () => {
    await workers.stop();
    await test.stop();
    await redis.stop();
    await firm.close();
  }, 60_000);

  it(
    'makes nobody forget anything or do it twice',
    async () => {
      let meanwhile = 0;
      for (const day of firm.days) {
        const before = workers.letters.length;
        present = `${day}T08:30:00.000Z`;
        await sleep(random.below(250));
        meanwhile += workers.letters.length - before;
        await redis.kill();
        await sleep(random.below(250));
        await redis.start();
        const expected = firm.lettersOf(day);
        while (workers.letters.length < before + expected.length) await sleep(5);
        await workers.idle(one);
        expect(workers.letters.slice(before).toSorted()).toEqual(expected);
      }
      const { length } = workers.letters;
      const what = `${length} letters, ${meanwhile} of them before it was killed, none missing, none twice`;
      tellFaults('redis', `the server was killed ${KILLS} times`, what);
    },
    60_000 + KILLS * 20_000,
  );

  it('stops, though it is away', async () => {
    await redis.kill();
    await workers.stop();
    await redis.start();
  });
});
