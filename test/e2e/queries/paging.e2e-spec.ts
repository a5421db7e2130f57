import { expectInvalid } from '../../support/answers';
import { adapt, anAgreedPlan, anEngagement, done, now, type Planned } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
let on: Planned;
let coach: Caller;
const admin = () => cairn.as('admin', '5a5a5a5a-0000-4000-8000-000000000002');
const ofCoach = () => coach;
const auditor = () => cairn.as('auditor', '5a5a5a5a-0000-4000-8000-000000000001');

/** Every list of the contract, and someone who reads it. There are more than two items in each. */
const lists: Readonly<Record<string, { by: () => Caller; path: () => string }>> = {
  engagements: { by: ofCoach, path: () => '/engagements' },
  revisions: { by: ofCoach, path: () => on.at('/plan/revisions') },
  'revisions, the newest first': { by: ofCoach, path: () => on.at('/plan/revisions?order=desc') },
  audit: { by: ofCoach, path: () => on.at('/audit') },
  'audit, the newest first': { by: ofCoach, path: () => on.at('/audit?order=desc') },
  'check-ins': { by: ofCoach, path: () => on.at('/check-ins') },
  barriers: { by: ofCoach, path: () => on.at('/barriers') },
  notes: { by: ofCoach, path: () => on.at('/notes') },
  resources: { by: ofCoach, path: () => on.at('/resources') },
  disclosures: { by: () => on.client, path: () => on.at('/disclosures') },
  caseload: { by: ofCoach, path: () => '/caseload' },
  projections: { by: admin, path: () => '/projections' },
};
const names = Object.keys(lists);

beforeAll(async () => {
  cairn = await startTestCairn({ now });
  coach = cairn.as('coach');
  for (let n = 0; n < 4; n += 1) await anEngagement(cairn, { coach });
  on = await anAgreedPlan(cairn, { coach });
  // All at the same moment: what has the same time must not be told twice or left out either.
  for (let n = 0; n < 5; n += 1) {
    done(await on.post('/check-ins', { scheduledFor: '2026-04-08T09:00:00Z' }));
    done(await on.post('/barriers', { category: 'skill', description: `B${n}`, severity: 1, affects: [] }));
    done(await on.post('/notes', { visibility: 'shared', text: `N${n}` }));
    done(await on.post('/resources', { kind: 'tool', description: `R${n}` }));
    const change = { op: 'goal-reweighted', goalId: on.goal, from: n + 1, to: n + 2 };
    done(await adapt(on, [change], { baseRevision: n + 1 }));
  }
  await cairn.settled();
  for (let n = 0; n < 3; n += 1) await auditor().get(on.at('/plan'));
});
afterAll(() => cairn.stop());

const withQuery = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;
const page = (name: string, query = '') => {
  const { by, path } = lists[name]!;
  return by().get(query === '' ? path() : withQuery(path(), query));
};
/** What keeps its value from one answer to the next. */
const stable = (name: string, items: readonly Record<string, unknown>[]) =>
  name === 'projections' ? items.map((item) => item.name) : items;

describe('A list', () => {
  it.each(names)('in pages is the list as a whole: %s', async (name) => {
    const whole = await page(name, 'limit=200');
    expect(whole.body.items.length).toBeGreaterThan(2);
    expect(whole.body.next).toBeNull();
    for (const limit of [1, 2]) {
      const items: Record<string, unknown>[] = [];
      let cursor: string | null = null;
      do {
        const query: string =
          cursor === null ? `limit=${limit}` : `limit=${limit}&cursor=${encodeURIComponent(cursor)}`;
        const { status, body } = await page(name, query);
        expect([name, status]).toEqual([name, 200]);
        expect(body.items.length).toBeLessThanOrEqual(limit);
        items.push(...(body.items as Record<string, unknown>[]));
        cursor = body.next as string | null;
      } while (cursor !== null && items.length < 300);
      expect(stable(name, items)).toEqual(stable(name, whole.body.items));
    }
  });

  it.each(names)('has a limit from 1 to 200: %s', async (name) => {
    for (const limit of ['0', '201', '-1', '1.5', 'many', '']) expectInvalid(await page(name, `limit=${limit}`));
    for (const limit of ['1', '200']) expect((await page(name, `limit=${limit}`)).status).toBe(200);
  });

  it.each(names)('refuses a cursor that it did not give: %s', async (name) => {
    const { next } = (await page(name, 'limit=1')).body as { next: string };
    const [middle] = [Math.floor(next.length / 2)];
    const other = next[middle] === 'A' ? 'B' : 'A';
    const changed = `${next.slice(0, middle)}${other}${next.slice(middle + 1)}`;
    for (const cursor of ['x', '', changed, `${next}x`, next.slice(0, -2)]) {
      expectInvalid(await page(name, `cursor=${encodeURIComponent(cursor)}`));
    }
  });

  it('has 50 items unless asked for another number', async () => {
    for (let n = 0; n < 46; n += 1) done(await on.post('/notes', { visibility: 'shared', text: `More ${n}` }));
    await cairn.settled();
    const first = await page('notes');
    expect(first.body.items).toHaveLength(50);
    expect(first.body.next).toEqual(expect.any(String));
    const rest = await page('notes', `cursor=${encodeURIComponent(first.body.next)}`);
    expect([rest.body.items.length, rest.body.next]).toEqual([1, null]);
  });

  it('goes on in its order though more came in between', async () => {
    const newest = await page('notes', 'limit=2');
    done(await on.post('/notes', { visibility: 'shared', text: 'In between' }));
    await cairn.settled();
    const rest = await page('notes', `limit=200&cursor=${encodeURIComponent(newest.body.next)}`);
    expect(JSON.stringify(rest.body)).not.toContain('In between');
    const all = [...newest.body.items, ...rest.body.items] as { noteId: string }[];
    expect(new Set(all.map(({ noteId }) => noteId)).size).toBe(51);
    expect(all).toHaveLength(51);
  });
});
