import { randomUUID } from 'node:crypto';
import {
  eventsOf,
  expectConflict,
  expectDone,
  expectInvalid,
  expectProblem,
  overviewAfter,
} from '../../support/answers';
import {
  aGoal,
  aMilestone,
  anEngagement,
  aProposedGoal,
  done,
  now,
  today,
  tomorrow,
  yesterday,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const reason = { reason: 'There is a reason' };

describe('Rule 5: a goal with open milestones', () => {
  async function withMilestones() {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    const [planned, missed, reached] = [
      await aMilestone(on, goal),
      await aMilestone(on, goal),
      await aMilestone(on, goal),
    ];
    done(await on.post(`/milestones/${missed}/miss`));
    done(await on.post(`/milestones/${reached}/reach`, { reachedOn: today }));
    return { on, goal, planned, missed, reached };
  }

  it.each([
    ['achieve', { achievedOn: today }],
    ['abandon', reason],
  ])('is not ended by %s while an outcome is missing', async (what, body) => {
    const { on, goal, planned, missed } = await withMilestones();
    const end = (milestones?: Record<string, string>) => on.post(`/goals/${goal}/${what}`, { ...body, milestones });
    expectConflict(await end(), 'open-milestones', { rule: 5 });
    expectConflict(await end({}), 'open-milestones', { rule: 5 });
    expectConflict(await end({ [planned]: 'reached' }), 'open-milestones', { rule: 5 });
    expectConflict(await end({ [missed]: 'dropped' }), 'open-milestones', { rule: 5 });
  });

  it('is achieved together with what becomes of each', async () => {
    const { on, goal, planned, missed } = await withMilestones();
    const milestones = { [planned]: 'reached', [missed]: 'dropped' };
    const answer = await on.post(`/goals/${goal}/achieve`, { achievedOn: yesterday, milestones });
    expectDone(answer);
    const events = await eventsOf(on, answer);
    expect(events.map(({ type }) => type).sort()).toEqual(['GoalAchieved', 'MilestoneDropped', 'MilestoneReached']);
    expect(events.find(({ type }) => type === 'MilestoneReached')!.data).toMatchObject({ milestoneId: planned });
    expect(events.find(({ type }) => type === 'MilestoneDropped')!.data).toMatchObject({ milestoneId: missed });
  });

  it('is abandoned together with what becomes of each', async () => {
    const { on, goal, planned, missed } = await withMilestones();
    const milestones = { [planned]: 'dropped', [missed]: 'reached' };
    expectDone(await on.post(`/goals/${goal}/abandon`, { ...reason, notAttainable: true, milestones }));
    expectConflict(await on.post(`/milestones/${planned}/reach`, { reachedOn: today }), 'wrong-state');
  });

  it('is said as reached or dropped of an id', async () => {
    const { on, goal, planned } = await withMilestones();
    for (const milestones of [{ [planned]: 'missed' }, { [planned]: 1 }, { first: 'reached' }]) {
      expectInvalid(await on.post(`/goals/${goal}/achieve`, { achievedOn: today, milestones }));
    }
  });

  it('names milestones that are there', async () => {
    const { on, goal, planned, missed } = await withMilestones();
    const milestones = { [planned]: 'reached', [missed]: 'reached', [randomUUID()]: 'dropped' };
    expectConflict(await on.post(`/goals/${goal}/achieve`, { achievedOn: today, milestones }), 'unknown-reference');
  });

  it('whose milestones are all done needs no outcome', async () => {
    const { on, goal, planned, missed } = await withMilestones();
    done(await on.post(`/milestones/${planned}/drop`, reason));
    done(await on.post(`/milestones/${missed}/reach`, { reachedOn: today }));
    expectDone(await on.post(`/goals/${goal}/achieve`, { achievedOn: today }));
  });
});

describe('Priorities', () => {
  it('are every open goal once', async () => {
    const on = await anEngagement(cairn);
    const [one, two, held] = [await aGoal(on), await aGoal(on), await aGoal(on)];
    done(await on.post(`/goals/${held}/hold`, reason));
    const proposed = await aProposedGoal(on);
    const prioritise = (order: string[]) => on.post('/goals/priorities', { order });
    for (const order of [[], [one, two], [one, two, two, held], [one, two, held, proposed]]) {
      expectConflict(await prioritise(order), 'wrong-state');
    }
    expectConflict(await prioritise([one, two, held, randomUUID()]), 'unknown-reference');
    const answer = await prioritise([held, one, two]);
    expectDone(answer);
    const { goals } = (await overviewAfter(on, answer)).body;
    for (const [index, goalId] of [held, one, two].entries()) {
      expect(goals).toContainEqual(expect.objectContaining({ goalId, rank: index + 1 }));
    }
    done(await on.post(`/goals/${one}/abandon`, reason));
    expectConflict(await prioritise([held, one, two]), 'wrong-state');
    expectDone(await prioritise([two, held]));
  });
});

const observations = [
  {
    what: 'progress',
    body: { value: -2.5 },

    lacks: 'measure',
    code: 'goal-has-no-measure',
  },
  { what: 'attainment', body: { level: 2 }, lacks: 'attainmentScale', code: 'goal-has-no-scale' },
];

describe.each(observations)('An observation of $what', ({ what, body, lacks, code }) => {
  const observe = (on: Case, goal: string, more: Record<string, unknown> = {}, by = on.client) =>
    on.post(`/goals/${goal}/${what}`, { ...body, observedOn: today, rater: 'client', ...more }, by);

  it("is the rater's, or the coach's on the rater's behalf", async () => {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    expectDone(await observe(on, goal));
    expectDone(await observe(on, goal, { rater: 'coach' }, on.coach));
    expectDone(await observe(on, goal, { onBehalfOf: on.client.id }, on.coach));
    expectProblem(await observe(on, goal, { rater: 'coach' }), 403, 'forbidden');
    expectProblem(await observe(on, goal, {}, on.coach), 403, 'forbidden');
    expectProblem(await observe(on, goal, { onBehalfOf: on.sponsor.id }, on.coach), 403, 'forbidden');
    expectProblem(await observe(on, goal, {}, on.sponsor), 403, 'forbidden');
  });

  it('is not of the future (rule 4)', async () => {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    expectConflict(await observe(on, goal, { observedOn: tomorrow }), 'in-the-future', { rule: 4 });
    expectDone(await observe(on, goal, { observedOn: yesterday }));
  });

  it('needs a goal that has what is observed', async () => {
    const on = await anEngagement(cairn);
    expectConflict(await observe(on, await aGoal(on, { [lacks]: undefined })), code);
  });

  it('corrects an earlier one by a new event, and names one that is there', async () => {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    const first = done(await observe(on, goal));
    const second = await observe(on, goal, { corrects: first.body.eventIds[0] });
    expectDone(second);
    expect(await eventsOf(on, second)).toMatchObject([{ data: { corrects: first.body.eventIds[0] } }]);
    expect(await eventsOf(on, first)).toHaveLength(1);
    expectConflict(await observe(on, goal, { corrects: randomUUID() }), 'unknown-reference');
    const other = await anEngagement(cairn);
    const elsewhere = done(await observe(other, await aGoal(other)));
    expectConflict(await observe(on, goal, { corrects: elsewhere.body.eventIds[0] }), 'unknown-reference');
  });

  it('is of an active, held or completed goal', async () => {
    const on = await anEngagement(cairn);
    const [held, completed, cancelled] = [await aGoal(on), await aGoal(on), await aGoal(on)];
    done(await on.post(`/goals/${held}/hold`, reason));
    done(await on.post(`/goals/${completed}/achieve`, { achievedOn: today }));
    done(await on.post(`/goals/${cancelled}/abandon`, reason));
    expectDone(await observe(on, held));
    expectDone(await observe(on, completed));
    expectConflict(await observe(on, cancelled), 'wrong-state');
    expectConflict(await observe(on, await aProposedGoal(on)), 'wrong-state');
  });
});
