import {
  aBarrier,
  actionBody,
  adapt,
  aGoal,
  agreePlan,
  aMilestone,
  anAction,
  anEngagement,
  aProposedGoal,
  aResource,
  attainmentScale,
  done,
  euros,
  goalBody,
  measure,
  milestoneBody,
  now,
  today,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { newMilestone } from '../../support/past';
import { byText, read, readItems } from '../../support/reading';
import { barrier, type Plan, plan, resource } from '../../support/shapes';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

async function planOf(of: Case): Promise<Plan> {
  await cairn.settled();
  return read(of.coach, of.at('/plan'), plan);
}

describe('The plan as it stands', () => {
  it('has every field of goals, milestones and actions, absent ones as null', async () => {
    const of = await anEngagement(cairn);
    const goal = await aGoal(of, { weight: 2.5, rank: 1 });
    const simple = await aGoal(of, { attainmentScale: undefined, achievability: { confidence: 0 } });
    const milestone = await aMilestone(of, goal);
    const action = await anAction(of, milestone, { commitment: 8, owner: 'sponsor' });
    const seen = await planOf(of);
    expect(seen).toMatchObject({ engagementId: of.id, revision: 0, asOf: null, knownAt: null });
    const { specific, relevance, startOn, dueOn, source, achievability } = goalBody();
    const common = { specific, measure, relevance, startOn, dueOn, source, datesOverrideReason: null };
    const derived = { lifecycle: 'active', achievement: 'in-progress', baselineDueOn: null };
    const all = { ...common, ...derived, goalId: goal, attainmentScale, achievability, weight: 2.5, rank: 1 };
    expect(seen.goals.find(({ goalId }) => goalId === goal)).toEqual(all);
    expect(seen.goals.find(({ goalId }) => goalId === simple)).toEqual({
      ...common,
      ...derived,
      goalId: simple,
      attainmentScale: null,
      achievability: { confidence: 0, rationale: null },
      weight: 1,
      rank: null,
    });
    expect(seen.goals).toHaveLength(2);
    const milestoneState = { baselineDueOn: null, order: 1, state: 'planned', reachedOn: null };
    expect(seen.milestones).toEqual([{ ...milestoneBody(goal), milestoneId: milestone, ...milestoneState }]);
    const actionState = { baselineDueOn: null, commitment: 8, state: 'open', completedOn: null };
    expect(seen.actions).toEqual([{ ...actionBody(milestone), owner: 'sponsor', actionId: action, ...actionState }]);
    expect([seen.resources, seen.barriers]).toEqual([[], []]);
  });

  it('has the dates that were agreed as the baseline, which never moves', async () => {
    const of = await anEngagement(cairn);
    const goal = await aGoal(of);
    const milestone = await aMilestone(of, goal);
    const action = await anAction(of, milestone);
    await agreePlan(of);
    const redated = [
      {
        op: 'goal-redated',
        goalId: goal,
        from: { startOn: '2026-03-01', dueOn: '2026-06-30' },
        to: { startOn: '2026-03-02', dueOn: '2026-08-31' },
      },
      { op: 'milestone-redated', milestoneId: milestone, from: '2026-05-31', to: '2026-07-31' },
      { op: 'action-redated', actionId: action, from: '2026-05-15', to: '2026-07-15' },
      { op: 'milestone-added', milestone: newMilestone(goal, { title: 'New' }) },
    ];
    done(await adapt(of, redated));
    const seen = await planOf(of);
    expect(seen.revision).toBe(2);
    expect(seen.goals).toMatchObject([{ startOn: '2026-03-02', dueOn: '2026-08-31', baselineDueOn: '2026-06-30' }]);
    expect(seen.milestones.map(({ dueOn, baselineDueOn, order }) => [dueOn, baselineDueOn, order])).toEqual([
      ['2026-07-31', '2026-05-31', 1],
      ['2026-05-31', null, 2],
    ]);
    expect(seen.actions).toMatchObject([{ dueOn: '2026-07-15', baselineDueOn: '2026-05-15' }]);
  });

  it('has goals that are active, on hold or completed, and leaves out what was dropped', async () => {
    const of = await anEngagement(cairn);
    await aProposedGoal(of);
    const rejected = await aProposedGoal(of);
    done(await of.post(`/goals/${rejected}/reject`, { reason: 'Not mine' }, of.client));
    const abandoned = await aGoal(of);
    done(await of.post(`/goals/${abandoned}/abandon`, { reason: 'Too far' }));
    const [active, held, completed] = [await aGoal(of), await aGoal(of), await aGoal(of)];
    const kept = await aMilestone(of, active);
    const dropped = await aMilestone(of, active);
    const takenAlong = await anAction(of, dropped);
    const [open, complete, gone] = [await anAction(of, kept), await anAction(of, kept), await anAction(of, kept)];
    done(await of.post(`/milestones/${dropped}/drop`, { reason: 'Not needed' }));
    done(await of.post(`/actions/${gone}/drop`, { reason: 'Not needed' }));
    done(await of.post(`/actions/${complete}/complete`, { completedOn: today }));
    done(await of.post(`/milestones/${kept}/reach`, { reachedOn: today }));
    done(await of.post(`/goals/${held}/hold`, { reason: 'Later' }));
    done(await of.post(`/goals/${completed}/achieve`, { achievedOn: today }));
    const seen = await planOf(of);
    const states = (pairs: (readonly [string, string])[]) => pairs.sort(([one], [other]) => byText(one, other));
    expect(states(seen.goals.map(({ goalId, lifecycle }) => [goalId, lifecycle]))).toEqual(
      states([
        [active, 'active'],
        [held, 'on-hold'],
        [completed, 'completed'],
      ]),
    );
    expect(seen.milestones).toMatchObject([{ milestoneId: kept, state: 'reached', reachedOn: today }]);
    expect(states(seen.actions.map(({ actionId, state }) => [actionId, state]))).toEqual(
      states([
        [open, 'open'],
        [complete, 'completed'],
      ]),
    );
    expect(seen.actions.find(({ actionId }) => actionId === complete)?.completedOn).toBe(today);
    expect(JSON.stringify(seen)).not.toContain(takenAlong);
  });

  it('has milestones in their order: a taken place shifts the rest', async () => {
    const of = await anEngagement(cairn);
    const goal = await aGoal(of);
    await aMilestone(of, goal, { title: 'A' });
    await aMilestone(of, goal, { title: 'B' });
    await aMilestone(of, goal, { title: 'C', order: 1 });
    const { milestones } = await planOf(of);
    const inOrder = [...milestones].sort((one, other) => one.order - other.order);
    expect(inOrder.map(({ title, order }) => [title, order])).toEqual([
      ['C', 1],
      ['A', 2],
      ['B', 3],
    ]);
  });

  it('has the same resources and barriers as their lists', async () => {
    const of = await anEngagement(cairn);
    const goal = await aGoal(of);
    const milestone = await aMilestone(of, goal);
    const funding = await aResource(of);
    await aResource(of, { kind: 'skill', description: 'Speaks French', budget: undefined });
    const released = await aResource(of, { budget: euros('10.00') });
    done(await of.post(`/resources/${funding}/allocate`, { to: milestone, amount: euros('150.50') }));
    done(await of.post(`/resources/${released}/allocate`, { to: milestone, amount: euros('10.00') }));
    done(await of.post(`/resources/${released}/release`, { reason: 'Not needed' }));
    const id = await aBarrier(of, { affects: [goal, milestone] });
    done(await of.post(`/barriers/${id}/strategies`, { description: 'Get up early' }));
    const seen = await planOf(of);
    expect(await readItems(of.coach, of.at('/resources'), resource)).toEqual(
      expect.arrayContaining([...seen.resources]),
    );
    expect(await readItems(of.coach, of.at('/barriers'), barrier)).toEqual(seen.barriers);
    expect(seen.resources).toHaveLength(3);
    expect(seen.resources.find(({ resourceId }) => resourceId === funding)).toEqual({
      resourceId: funding,
      kind: 'funding',
      description: 'Money for a course',
      budget: euros('600.00'),
      allocated: [{ to: milestone, amount: euros('150.50') }],
      state: 'allocated',
    });
    expect(seen.resources.find(({ resourceId }) => resourceId === released)).toMatchObject({
      allocated: [],
      state: 'released',
    });
    expect(seen.resources.find(({ kind }) => kind === 'skill')).toMatchObject({ budget: null, state: 'identified' });
    expect(seen.barriers).toMatchObject([
      { barrierId: id, state: 'open', identifiedOn: today, resolvedOn: null, openDays: 0, affects: [goal, milestone] },
    ]);
    expect(seen.barriers[0]?.strategies).toEqual([{ strategyId: expect.any(String), description: 'Get up early' }]);
  });
});
