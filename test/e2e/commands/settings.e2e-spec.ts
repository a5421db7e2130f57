import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectProblem, header } from '../../support/answers';
import { agreePlan, aGoal, aMilestone, anEngagement, goalBody } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

describe('In the time zone of the tenant', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    // 2 April, 08:00, in Auckland
    const settings = { timeZone: 'Pacific/Auckland', activeGoalCap: 1 };
    cairn = await startTestCairn({ now: '2026-04-01T19:00:00.000Z', settings });
  });
  afterAll(() => cairn.stop());

  it('days begin there (rule 4)', async () => {
    const on = await anEngagement(cairn);
    const milestone = await aMilestone(on, await aGoal(on));
    const reach = (reachedOn: string) => on.post(`/milestones/${milestone}/reach`, { reachedOn });
    expectConflict(await reach('2026-04-03'), 'in-the-future', { rule: 4 });
    expectDone(await reach('2026-04-02'));
  });

  it('the plan is effective on the day it is there', async () => {
    const on = await anEngagement(cairn);
    await aGoal(on);
    expect(await eventsOf(on, await agreePlan(on))).toMatchObject([{ data: { effectiveOn: '2026-04-02' } }]);
  });

  it('the cap of active goals is the one that is set (rule 6)', async () => {
    const on = await anEngagement(cairn);
    expectDone(await on.post('/goals', goalBody()), 'goalId');
    expectConflict(await on.post('/goals', goalBody()), 'too-many-active-goals', { rule: 6 });
  });
});

describe('With a limit of requests a minute', () => {
  let cairn: TestCairn;
  beforeAll(async () => {
    cairn = await startTestCairn({ settings: { rateLimit: 10 } });
  });
  afterAll(() => cairn.stop());

  it('a caller who asks more is told when to come again, and others are not held up', async () => {
    const busy = cairn.as('coach', randomUUID());
    const answers = await Promise.all(Array.from({ length: 20 }, () => busy.get('/engagements')));
    const told = answers.filter(({ status }) => status === 429);
    expect(told.length).toBeGreaterThanOrEqual(5);
    for (const answer of told) {
      expectProblem(answer, 429, 'too-many-requests');
      expect(Number(header(answer, 'retry-after'))).toBeGreaterThan(0);
    }
    expect((await cairn.as('coach', randomUUID()).get('/engagements')).status).toBe(200);
  });
});
