import { setTimeout as delay } from 'node:timers/promises';
import { aGoal, anEngagement, type Case } from '../../support/builders';
import { type Caller, startTestCairn, type TestCairn } from '../../support/cairn';
import { type LiveFeed, openLiveFeed } from '../../support/event-stream';

let cairn: TestCairn;
let admin: Caller;
let on: Case;

beforeAll(async () => {
  cairn = await startTestCairn();
  admin = cairn.as('admin');
  on = await anEngagement(cairn);
});
afterAll(() => cairn.stop());

const live = async (query = '', headers = {}): Promise<LiveFeed> =>
  openLiveFeed(`${cairn.url}/v1/feed${query}`, await admin.token(), headers);

/** As the metrics say. */
async function openStreams(): Promise<number> {
  const { body } = await cairn.root.get('/metrics');
  return Number(/^cairn_feed_streams (\d+)$/m.exec(body as string)?.[1]);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}

it('gives what happened and then what happens, and goes on by Last-Event-ID', async () => {
  const feed = await live();
  expect(feed.status).toBe(200);
  expect(feed.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const first = await feed.take(5);
  expect(first.map(({ event }) => event)[4]).toBe('cairn.EngagementStarted');
  await aGoal(on);
  const [goal] = await feed.take(1);
  expect(goal).toMatchObject({ event: 'cairn.GoalSet', data: { type: 'cairn.GoalSet', subject: on.id } });
  feed.close();

  const again = await live('?types=GoalSet,EngagementStarted', { 'last-event-id': first[3]!.id });
  expect((await again.take(2)).map(({ event }) => event)).toEqual(['cairn.EngagementStarted', 'cairn.GoalSet']);
  again.close();

  // The cursors are those of the pages.
  const { body } = await admin.get(`/feed?after=${first[4]!.id}`);
  expect(body.items.map(({ id }: { id: string }) => id)).toEqual([goal!.data.id]);
});

it('leaves nothing behind when its reader goes', async () => {
  const feeds = await Promise.all([live(), live(), live()]);
  for (const feed of feeds) await feed.take(1);
  expect(await openStreams()).toBeGreaterThanOrEqual(3);
  for (const feed of feeds) feed.close();
  await until(async () => (await openStreams()) === 0);
});

it('refuses a Last-Event-ID that was not given out', async () => {
  const answer = await admin.get('/feed', { accept: 'text/event-stream', 'last-event-id': 'x.y' });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'Last-Event-ID' }] } });
});

it('refuses more than a hundred at once', async () => {
  const feeds = await Promise.all(Array.from({ length: 100 }, () => live()));
  const answer = await admin.get('/feed', { accept: 'text/event-stream' });
  expect(answer).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(answer.headers.get('retry-after')).toBe('30');
  for (const feed of feeds) feed.close();
  await until(async () => (await openStreams()) === 0);
});

it('ends when the program stops', async () => {
  const other = await startTestCairn();
  await anEngagement(other);
  const feed = await openLiveFeed(`${other.url}/v1/feed`, await other.as('admin').token());
  await feed.take(5);
  const [ended] = await Promise.allSettled([feed.ended(), other.stop()]);
  expect(ended.status).toBe('fulfilled');
});
