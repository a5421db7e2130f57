import { setTimeout as sleep } from 'node:timers/promises';
import { waitAfter } from '../../src/jobs/queue-names';
import { GiveUp, openQueues, type Queues } from '../../src/jobs/queues';
import { createLogger } from '../../src/platform/logging';
import { backends, createTestQueues, type TestQueues } from '../support/jobs/backends';

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(5);
};

describe.each(backends)('queues in %s', (kind) => {
  let test: TestQueues;
  let one: Queues;
  let other: Queues;

  beforeEach(async () => {
    test = await createTestQueues(kind);
    one = await test.open();
    other = await test.open();
  });
  afterEach(() => test.stop());

  const counts = (queue: 'sweeps' | 'notifications') => one.queue(queue).getJobCounts();

  it('hand each job to one worker, with its data', async () => {
    const worked: string[] = [];
    for (const queues of [one, other]) {
      await queues.work('notifications', ({ id, data }) => Promise.resolve(void worked.push(`${id} ${data.of!}`)), {
        concurrency: 4,
      });
    }
    const jobs = Array.from({ length: 40 }, (_each, index) => ({ id: `job-${index}`, data: { of: `${index}` } }));
    await one.add('notifications', jobs);
    await until(() => worked.length >= 40);
    await sleep(50);
    expect(worked.toSorted()).toEqual(jobs.map(({ id, data }) => `${id} ${data.of}`).toSorted());
  });

  it('take an id once while it waits, and again when it is done', async () => {
    const worked: string[] = [];
    await one.add('notifications', [{ id: 'same', data: {} }]);
    await other.add('notifications', [{ id: 'same', data: {} }]);
    await one.work('notifications', ({ id }) => Promise.resolve(void worked.push(id)), { concurrency: 1 });
    await until(async () => worked.length > 0 && (await counts('notifications')).active === 0);
    expect(worked).toEqual(['same']);
    await other.add('notifications', [{ id: 'same', data: {} }]);
    await until(() => worked.length === 2);
  });

  it('keep as failed what gives up, and try nothing again that is kept', async () => {
    let tries = 0;
    await one.work(
      'notifications',
      () => {
        tries += 1;
        return Promise.reject(new GiveUp('there is no way'));
      },
      { concurrency: 1 },
    );
    await one.add('notifications', [{ id: 'hopeless', data: {} }]);
    await until(async () => (await counts('notifications')).failed === 1);
    await one.add('notifications', [{ id: 'hopeless', data: {} }]);
    await sleep(50);
    expect(tries).toBe(1);
  });

  it('put off what throws', async () => {
    await one.work('notifications', () => Promise.reject(new Error('not now')), { concurrency: 1 });
    await one.add('notifications', [{ id: 'later', data: {} }]);
    await until(async () => (await counts('notifications')).delayed === 1);
  });

  it('have one schedule, whoever makes it', async () => {
    await one.every('sweeps', 'tick', 60_000);
    await other.every('sweeps', 'tick', 60_000);
    const worked: string[] = [];
    await one.work('sweeps', ({ id }) => Promise.resolve(void worked.push(id)), { concurrency: 1 });
    await until(() => worked.length === 1);
    const { delayed = 0, waiting = 0 } = await counts('sweeps');
    expect(delayed + waiting).toBe(1);
  });

  it('finish what is in progress before they close', async () => {
    let finished = false;
    let started = false;
    await other.work(
      'notifications',
      async () => {
        started = true;
        await sleep(200);
        finished = true;
      },
      { concurrency: 1 },
    );
    await one.add('notifications', [{ id: 'slow', data: {} }]);
    await until(() => started);
    await other.close();
    expect(finished).toBe(true);
  });
});

describe('a REDIS_URL that is wrong', () => {
  const opening = (redisUrl: string) =>
    openQueues({
      redisUrl,
      connectionString: '',
      pingDatabase: () => Promise.resolve(),
      logger: createLogger('silent'),
    });

  it.each([
    ['redis://127.0.0.1:1', /^Redis at 127\.0\.0\.1:1 can't be used: nothing listens there\. Check REDIS_URL/],
    ['redis://:secret@127.0.0.1:1', /^Redis at 127\.0\.0\.1:1 can't be used: nothing listens there\./],
    ['redis+sentinel://127.0.0.1:1/main', /^Redis at 127\.0\.0\.1:1 can't be used: /],
    ['redis+cluster://127.0.0.1:1,127.0.0.1:2', /^Redis at 127\.0\.0\.1:1,127\.0\.0\.1:2 can't be used: /],
    ['redis+sentinel://a:1,b:2', /ends with the name of the master/],
    ['redis://a,b', /several hosts need/],
    ['redis://a:99999', /a host in it is none/],
    ['redis://a/x', /the number of the database is none/],
    ['rediss://127.0.0.1:1/0?ca=/nowhere/ca.pem', /the file named by ca is not there/],
  ])('%s ends the start with one sentence', async (url, sentence) => {
    const error: unknown = await opening(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'StartError', message: expect.stringMatching(sentence) });
    expect(String(error)).not.toContain('secret');
    expect(String(error)).not.toContain('\n');
  });
});

it('waits grow, differ and stay below the longest', () => {
  expect(waitAfter('notifications', 1, 0)).toBe(5_000);
  expect(waitAfter('notifications', 3, 0)).toBe(20_000);
  expect(waitAfter('notifications', 3, 0.5)).toBe(15_000);
  expect(waitAfter('notifications', 149, 0)).toBe(900_000);
});
