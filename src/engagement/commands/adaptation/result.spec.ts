import { adapt, adapted } from '../../../../test/support/engagement/adapting';
import {
  action,
  actionCommitted,
  goal,
  goalSet,
  ids,
  milestone,
  planAgreed,
  planned,
  withPlan,
} from '../../../../test/support/engagement/samples';
import { and, refusal } from '../../../../test/support/engagement/scenario';
import type { PlanChangeInput } from './input';

const redateGoal = (startOn: string, dueOn: string, datesOverrideReason: string | null = null): PlanChangeInput => ({
  op: 'goal-redated',
  goalId: ids.goal,
  from: { startOn: '2026-02-01', dueOn: '2026-06-30' },
  to: { startOn, dueOn },
  datesOverrideReason,
});
const redateMilestone = (to: string): PlanChangeInput => ({
  op: 'milestone-redated',
  milestoneId: ids.milestone,
  from: '2026-05-01',
  to,
});
const redateAction = (to: string): PlanChangeInput => ({
  op: 'action-redated',
  actionId: ids.action,
  from: '2026-04-01',
  to,
});
const addGoal = (goalId: string): PlanChangeInput => ({ op: 'goal-added', goal: goal({ goalId }), goalId: null });

describe('rule 3: the dates of the result', () => {
  test('of a goal that is added or redated', () => {
    expect(adapt([redateGoal('2026-07-01', '2026-06-30')])).toEqual(
      refusal('dates-out-of-order', { rule: 3, path: 'changes[0]' }),
    );
    expect(adapt([redateGoal('2026-02-01', '2027-01-31')])).toEqual(
      refusal('outside-engagement', { rule: 3, path: 'changes[0]' }),
    );
    expect(adapt([redateGoal('2026-02-01', '2027-01-31', 'The course ends later')])).toMatchObject([{}]);
    const late = goal({ goalId: ids.secondGoal, dueOn: '2027-01-31' });
    expect(adapt([{ op: 'goal-added', goal: late, goalId: null }])).toMatchObject({ refused: 'outside-engagement' });
  });

  test('of a milestone that is added or redated, and those of a redated goal', () => {
    expect(adapt([redateMilestone('2026-07-01')])).toMatchObject({ refused: 'milestone-after-goal', rule: 3 });
    expect(adapt([redateMilestone('2026-01-31')])).toMatchObject({ refused: 'dates-out-of-order', rule: 3 });
    const late = milestone({ milestoneId: ids.secondMilestone, dueOn: '2026-07-01' });
    expect(adapt([{ op: 'milestone-added', milestone: late }])).toMatchObject({ refused: 'milestone-after-goal' });
    expect(adapt([redateAction('2026-03-01'), redateGoal('2026-02-01', '2026-04-30')])).toEqual(
      refusal('milestone-after-goal', { rule: 3, path: 'changes[1]' }),
    );
    expect(adapt([redateGoal('2026-05-02', '2026-06-30')])).toMatchObject({ refused: 'dates-out-of-order' });
  });

  test('of an action that is added or redated, and those of a redated milestone', () => {
    expect(adapt([redateAction('2026-05-02')])).toMatchObject({ refused: 'action-after-milestone', rule: 3 });
    const late = action({ actionId: ids.secondAction, dueOn: '2026-05-02' });
    expect(adapt([{ op: 'action-added', action: late }])).toMatchObject({ refused: 'action-after-milestone' });
    expect(adapt([redateMilestone('2026-03-31')])).toMatchObject({ refused: 'action-after-milestone' });
  });

  test('whatever the order of the changes', () => {
    const together = [
      redateAction('2026-08-01'),
      redateMilestone('2026-08-15'),
      redateGoal('2026-02-01', '2026-08-31'),
    ];
    expect(adapt(together)).toMatchObject([{}]);
    expect(adapt([...together].reverse())).toMatchObject([{}]);
  });

  test('of nothing that is no longer open', () => {
    expect(
      adapt([redateGoal('2026-02-01', '2026-04-30'), { op: 'milestone-dropped', milestoneId: ids.milestone }]),
    ).toMatchObject([{}]);
    const reached = and(withPlan, {
      type: 'MilestoneReached',
      data: { milestoneId: ids.milestone, reachedOn: '2026-03-01', evidence: null },
    });
    expect(adapt([redateGoal('2026-02-01', '2026-04-30')], {}, reached)).toMatchObject([{}]);
  });

  test('of nothing that the adaptation leaves alone', () => {
    // A goal that was set before the engagement's dates were what they are.
    const odd = and(planned, goalSet({ goalId: ids.secondGoal, dueOn: '2027-06-30' }), planAgreed);
    expect(adapt([redateAction('2026-04-15')], {}, odd)).toMatchObject([{}]);
    const late = and(planned, actionCommitted({ actionId: ids.secondAction, dueOn: '2026-06-01' }), planAgreed);
    expect(adapt([redateAction('2026-04-15')], {}, late)).toMatchObject([{}]);
  });
});

describe('rule 6: the cap on the result', () => {
  const three = and(planned, goalSet({ goalId: ids.secondGoal }), goalSet({ goalId: ids.thirdGoal }), planAgreed);
  const dropGoal = { op: 'goal-dropped', goalId: ids.goal, outcome: 'no-longer-wanted' } as const;
  const tooMany = refusal('too-many-active-goals', { rule: 6 });

  test('a goal more', () => {
    expect(adapt([addGoal(ids.fourthGoal)], {}, three)).toEqual(tooMany);
    expect(adapt([{ op: 'goal-added', goal: null, goalId: ids.proposedGoal }], {}, three)).toEqual(tooMany);
  });

  test('a goal instead of another, whatever the order', () => {
    expect(adapt([dropGoal, addGoal(ids.fourthGoal)], {}, three)).toMatchObject([{}]);
    expect(adapted([addGoal(ids.fourthGoal), dropGoal], three).goals[ids.fourthGoal]?.lifecycle).toBe('active');
  });

  test('an adaptation that adds none is possible also above a cap that was lowered', () => {
    expect(adapt([dropGoal], {}, three, { activeGoalCap: 1 })).toMatchObject([{}]);
  });
});

test('what an adaptation drops is dropped on its day', () => {
  expect(adapted([{ op: 'milestone-dropped', milestoneId: ids.milestone }]).milestones).toMatchObject({
    [ids.milestone]: { state: 'dropped', droppedOn: '2026-03-10' },
  });
});
