import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectInvalid, overviewAfter } from '../../support/answers';
import {
  actionBody,
  adapt,
  agreePlan,
  aGoal,
  aMilestone,
  anAgreedPlan,
  anEngagement,
  aProposedGoal,
  aResource,
  done,
  euros,
  goalBody,
  milestoneBody,
  now,
  today,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const goalDates = { startOn: '2026-03-01', dueOn: '2026-06-30' };

describe('goal-added', () => {
  it('accepts a proposed goal by its id, with the whole goal in the event', async () => {
    const on = await anAgreedPlan(cairn);
    const goalId = await aProposedGoal(on, { specific: 'What the sponsor wants' });
    const answer = await adapt(on, [{ op: 'goal-added', goalId }]);
    expectDone(answer, 'planRevision');
    expect(await eventsOf(on, answer)).toMatchObject([
      { data: { changes: [{ op: 'goal-added', goal: { goalId, specific: 'What the sponsor wants' } }] } },
    ]);
    const { goals } = (await overviewAfter(on, answer)).body;
    expect(goals).toContainEqual(expect.objectContaining({ goalId, lifecycle: 'active' }));
    expectConflict(await adapt(on, [{ op: 'goal-added', goalId }], { baseRevision: 2 }), 'wrong-state');
  });

  it('names a goal that is proposed', async () => {
    const on = await anAgreedPlan(cairn);
    const rejected = await aProposedGoal(on);
    done(await on.post(`/goals/${rejected}/reject`, { reason: 'No' }, on.client));
    for (const goalId of [on.goal, rejected]) {
      expectConflict(await adapt(on, [{ op: 'goal-added', goalId }]), 'wrong-state');
    }
    expectConflict(await adapt(on, [{ op: 'goal-added', goalId: randomUUID() }]), 'unknown-reference');
  });

  it('is judged like a goal that is set', async () => {
    const on = await anAgreedPlan(cairn);
    const add = (more: object) => adapt(on, [{ op: 'goal-added', goal: goalBody({ goalId: randomUUID(), ...more }) }]);
    expectConflict(await add({ dueOn: '2026-03-01' }), 'dates-out-of-order', { rule: 3 });
    expectConflict(await add({ dueOn: '2027-01-01' }), 'outside-engagement', { rule: 3 });
    expectDone(await add({ dueOn: '2027-01-01', datesOverrideReason: 'Agreed with the sponsor' }), 'planRevision');
  });
});

describe('goal-redated', () => {
  const redate = (goalId: string, to: object, more = {}) => ({
    op: 'goal-redated',
    goalId,
    from: goalDates,
    to,
    ...more,
  });

  it('keeps the dates in order and inside the engagement, unless a reason overrides', async () => {
    const on = await anAgreedPlan(cairn);
    const late = { ...goalDates, dueOn: '2027-02-01' };
    const refused = [
      [{ startOn: '2026-06-30', dueOn: '2026-06-30' }, 'dates-out-of-order'],
      [late, 'outside-engagement'],
      [{ ...goalDates, startOn: '2026-02-01' }, 'outside-engagement'],
      [{ ...goalDates, dueOn: '2026-05-30' }, 'milestone-after-goal'],
      [{ ...goalDates, startOn: '2026-06-01' }, 'dates-out-of-order'],
    ] as const;
    for (const [to, code] of refused) expectConflict(await adapt(on, [redate(on.goal, to)]), code, { rule: 3 });
    const overridden = redate(on.goal, late, { datesOverrideReason: 'Agreed with the sponsor' });
    expectDone(await adapt(on, [overridden]), 'planRevision');
  });
});

describe('goal-dropped', () => {
  it.each([undefined, 'no-longer-wanted', 'not-attained', 'not-attainable'])('with the outcome %s', async (outcome) => {
    const on = await anAgreedPlan(cairn);
    const answer = await adapt(on, [{ op: 'goal-dropped', goalId: on.goal, outcome }]);
    expectDone(answer, 'planRevision');
    expect(await eventsOf(on, answer)).toMatchObject([
      { data: { changes: [{ op: 'goal-dropped', goalId: on.goal, outcome: outcome ?? 'no-longer-wanted' }] } },
    ]);
    const achievement = outcome === 'not-attainable' ? 'not-attainable' : 'not-achieved';
    const { goals } = (await overviewAfter(on, answer)).body;
    expect(goals).toMatchObject([{ goalId: on.goal, lifecycle: 'cancelled', achievement }]);
  });

  it('takes the open milestones and their actions along', async () => {
    const on = await anAgreedPlan(cairn);
    done(await adapt(on, [{ op: 'goal-dropped', goalId: on.goal }]));
    expectConflict(await on.post(`/milestones/${on.milestone}/reach`, { reachedOn: today }), 'wrong-state');
    expectConflict(await on.post(`/actions/${on.action}/complete`, { completedOn: today }), 'wrong-state');
  });
});

describe('Milestones and actions of an adaptation', () => {
  it('are due in time (rule 3)', async () => {
    const on = await anAgreedPlan(cairn);
    const due = '2026-05-31';
    const { goal, milestone, action } = on;
    const late = milestoneBody(goal, { milestoneId: randomUUID(), dueOn: '2026-07-01' });
    const early = milestoneBody(goal, { milestoneId: randomUUID(), dueOn: '2026-02-28' });
    const lateAction = actionBody(milestone, { actionId: randomUUID(), dueOn: '2026-06-01' });
    const refused = [
      [{ op: 'milestone-added', milestone: late }, 'milestone-after-goal'],
      [{ op: 'milestone-added', milestone: early }, 'dates-out-of-order'],
      [{ op: 'milestone-redated', milestoneId: milestone, from: due, to: '2026-05-01' }, 'action-after-milestone'],
      [{ op: 'milestone-redated', milestoneId: milestone, from: due, to: '2026-07-01' }, 'milestone-after-goal'],
      [{ op: 'action-added', action: lateAction }, 'action-after-milestone'],
      [{ op: 'action-redated', actionId: action, from: '2026-05-15', to: '2026-06-01' }, 'action-after-milestone'],
    ] as const;
    for (const [change, code] of refused) expectConflict(await adapt(on, [change]), code, { rule: 3 });
  });

  it('name things that are there', async () => {
    const on = await anAgreedPlan(cairn);
    const milestone = milestoneBody(randomUUID(), { milestoneId: randomUUID() });
    expectConflict(await adapt(on, [{ op: 'milestone-added', milestone }]), 'unknown-reference');
    const action = actionBody(randomUUID(), { actionId: randomUUID() });
    expectConflict(await adapt(on, [{ op: 'action-added', action }]), 'unknown-reference');
  });

  it('a dropped milestone takes its open actions along', async () => {
    const on = await anAgreedPlan(cairn);
    done(await adapt(on, [{ op: 'milestone-dropped', milestoneId: on.milestone }]));
    expectConflict(await on.post(`/actions/${on.action}/complete`, { completedOn: today }), 'wrong-state');
  });
});

describe('milestone-reordered', () => {
  async function threeMilestones() {
    const on = await anEngagement(cairn);
    const goalId = await aGoal(on);
    const order = [await aMilestone(on, goalId), await aMilestone(on, goalId), await aMilestone(on, goalId)] as const;
    const gone = await aMilestone(on, goalId);
    done(await on.post(`/milestones/${gone}/drop`, { reason: 'Not needed' }));
    done(await on.post(`/milestones/${order[1]}/reach`, { reachedOn: today }));
    await agreePlan(on);
    return { on, goalId, order, gone };
  }

  it('tells all milestones of the goal that are not dropped', async () => {
    const { on, goalId, order, gone } = await threeMilestones();
    const [one, two, three] = order;
    const reorder = (from: string[], to: string[]) => adapt(on, [{ op: 'milestone-reordered', goalId, from, to }]);
    expectConflict(await reorder([one, two], [two, one]), 'plan-change-stale', { path: 'changes[0].from' });
    expectConflict(await reorder([...order, gone], [gone, ...order]), 'plan-change-stale');
    expectDone(await reorder([...order], [three, one, two]), 'planRevision');
  });

  it('is invalid when `to` is no permutation of `from`', async () => {
    const { on, goalId, order } = await threeMilestones();
    const [one, two, three] = order;
    for (const to of [
      [one, two],
      [one, two, two],
      [one, two, three, three],
      [one, two, randomUUID()],
    ]) {
      expectInvalid(await adapt(on, [{ op: 'milestone-reordered', goalId, from: order, to }]), 'changes[0].to');
    }
  });
});

describe('resource-changed', () => {
  it('gives a budget to what had none, and takes it again', async () => {
    const on = await anEngagement(cairn);
    await aGoal(on);
    const resourceId = await aResource(on, { kind: 'time', budget: undefined });
    await agreePlan(on);
    const [none, some] = [null, euros('10.00')].map((budget) => ({ description: 'Money for a course', budget }));
    const change = (from: unknown, to: unknown, baseRevision: number) =>
      adapt(on, [{ op: 'resource-changed', resourceId, from, to }], { baseRevision });
    expectDone(await change(none, some, 1), 'planRevision');
    expectConflict(await change(none, some, 2), 'plan-change-stale', { path: 'changes[0].from' });
    expectDone(await change(some, none, 2), 'planRevision');
  });

  it('keeps rule 8', async () => {
    const on = await anEngagement(cairn);
    const milestone = await aMilestone(on, await aGoal(on));
    const resourceId = await aResource(on);
    done(await on.post(`/resources/${resourceId}/allocate`, { to: milestone, amount: euros('400.00') }));
    await agreePlan(on);
    const from = { description: 'Money for a course', budget: euros('600.00') };
    const change = (budget: object) =>
      adapt(on, [{ op: 'resource-changed', resourceId, from, to: { ...from, budget } }]);
    expectConflict(await change(euros('399.99')), 'over-budget', { rule: 8 });
    expectConflict(await change({ amount: '600.00', currency: 'USD' }), 'other-currency', { rule: 8 });
    expectDone(await change(euros('400.00')), 'planRevision');
  });
});
