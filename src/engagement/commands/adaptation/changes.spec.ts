import { adapt, adapted } from '../../../../test/support/engagement/adapting';
import {
  action,
  goal,
  ids,
  measure,
  milestone,
  milestonePlanned,
  planAgreed,
  planned,
  scale,
  withPlan,
} from '../../../../test/support/engagement/samples';
import { planChangeSamples as samples } from '../../../../test/support/engagement/adaptation-samples';
import { and, refusal } from '../../../../test/support/engagement/scenario';
import type { PlanChange } from '../../plan-changes';
import type { PlanChangeInput } from './input';

const all = Object.values(samples).map(({ change, leads }) => [change.op, change, leads] as const);
const withFrom = all.filter(([, change]) => 'from' in change);

test.each(all)('%s is made and kept as it was sent', (op, change, leads) => {
  const kept = change.op === 'milestone-added' ? { op, milestone: { ...change.milestone, order: 2 } } : change;
  expect(adapt([change])).toMatchObject([{ type: 'PlanAdapted', data: { changes: [kept] } }]);
  expect(adapted([change])).toMatchObject(leads);
});

test.each(withFrom)('%s is refused when `from` is not what the plan says', (_op, change) => {
  const { from } = change as Extract<PlanChange, { from: unknown }>;
  const otherValue =
    typeof from === 'number'
      ? 7
      : typeof from === 'string'
        ? '2026-04-02'
        : Array.isArray(from)
          ? []
          : { ...(from as object), extra: 1 };
  const stale = { ...change, from: otherValue } as PlanChangeInput;
  expect(adapt([samples['goal-reweighted'].change, stale].slice(change.op === 'goal-reweighted' ? 1 : 0))).toEqual(
    refusal('plan-change-stale', {
      path: `changes[${change.op === 'goal-reweighted' ? 0 : 1}].from`,
      detail: /from is .*but the plan says .*/,
    }),
  );
});

test('a stale change names both values', () => {
  expect(
    adapt([{ op: 'milestone-redated', milestoneId: ids.milestone, from: '2026-01-02', to: '2026-05-02' }]),
  ).toEqual(refusal('plan-change-stale', { path: 'changes[0].from', detail: /"2026-01-02".*"2026-05-01"/ }));
});

test('values are compared, not how they are written', () => {
  const { change } = samples['goal-redefined'];
  if (change.op !== 'goal-redefined') throw new Error();
  const turned = { relevance: change.from.relevance, specific: change.from.specific };
  expect(adapt([{ ...change, from: turned }])).toMatchObject([{}]);
  const backwards = { attainmentScale: [...scale].reverse() };
  expect(adapt([{ op: 'goal-retargeted', goalId: ids.goal, from: backwards, to: backwards }])).toMatchObject([{}]);
});

describe('what is not there', () => {
  const renamed = all.map(([op, change]) => {
    const text = JSON.stringify(change);
    const subject = op === 'goal-added' ? { op, goal: null, goalId: ids.unknown } : undefined;
    const nested = op === 'milestone-added' ? 'milestone.goalId' : op === 'action-added' ? 'action.milestoneId' : null;
    const own = op.startsWith('goal') || op === 'milestone-reordered' ? 'goalId' : `${op.split('-')[0]!}Id`;
    const known = { goalId: ids.goal, milestoneId: ids.milestone, actionId: ids.action, resourceId: ids.resource };
    const field = (nested?.split('.')[1] ?? own) as keyof typeof known;
    const unknown = JSON.parse(text.replace(`"${field}":"${known[field]}"`, `"${field}":"${ids.unknown}"`)) as object;
    return [op, (subject ?? unknown) as PlanChangeInput, nested ?? own] as const;
  });

  test.each(renamed)('%s', (_op, change, field) => {
    expect(adapt([change])).toEqual(refusal('unknown-reference', { path: `changes[0].${field}` }));
  });
});

describe('what is no longer open', () => {
  const gone = and(withPlan, {
    type: 'PlanAdapted',
    data: {
      ...{ revision: 1, baseRevision: 1, reasonCode: 'learning', reasonText: 'x', triggeredBy: [], agreedBy: [] },
      ...{ sponsorInformed: false, effectiveOn: '2026-01-05' },
      changes: [{ op: 'goal-dropped', goalId: ids.goal, outcome: 'no-longer-wanted' }],
    },
  });
  const needOpen = all.filter(([op]) => op !== 'goal-added' && op !== 'resource-changed');

  test.each(needOpen)('%s', (_op, change) => {
    expect(adapt([change], {}, gone)).toMatchObject({
      refused: 'wrong-state',
      path: expect.stringMatching(/^changes\[0\]/),
    });
  });

  test('but a resource is changed in any state', () => {
    expect(adapt([samples['resource-changed'].change], {}, gone)).toMatchObject([{}]);
  });
});

describe('additions', () => {
  test.each([
    ['goal.goalId', { op: 'goal-added', goal: goal(), goalId: null }],
    ['milestone.milestoneId', { op: 'milestone-added', milestone: milestone({ milestoneId: ids.goal }) }],
    ['action.actionId', { op: 'action-added', action: action({ actionId: ids.barrier }) }],
  ] as const)('with an id that is taken: %s', (field, change) => {
    expect(adapt([change])).toEqual(refusal('already-exists', { path: `changes[0].${field}` }));
  });

  test('with an id that the same adaptation took', () => {
    const { change } = samples['goal-added'];
    const second = { op: 'milestone-added', milestone: milestone({ milestoneId: ids.secondGoal }) } as const;
    expect(adapt([change, second])).toEqual(refusal('already-exists', { path: 'changes[1].milestone.milestoneId' }));
  });

  test('rule 2: a proposed goal comes in whole, by its id', () => {
    const whole = goal({ goalId: ids.proposedGoal, source: 'sponsor' });
    const change = { op: 'goal-added', goal: null, goalId: ids.proposedGoal } as const;
    expect(adapt([change])).toMatchObject([{ data: { changes: [{ ...change, goal: whole }] } }]);
    expect(adapted([change]).goals[ids.proposedGoal]?.lifecycle).toBe('active');
    expect(adapt([{ ...change, goalId: ids.goal }])).toEqual(
      refusal('wrong-state', { path: 'changes[0].goalId', detail: /active/ }),
    );
  });

  test('build on each other in order', () => {
    const changes = [
      samples['goal-added'].change,
      { op: 'milestone-added', milestone: milestone({ milestoneId: ids.secondMilestone, goalId: ids.secondGoal }) },
      { op: 'action-added', action: action({ actionId: ids.secondAction, milestoneId: ids.secondMilestone }) },
      { op: 'action-reassigned', actionId: ids.secondAction, from: 'client', to: 'sponsor' },
    ] as const;
    expect(adapted(changes).actions[ids.secondAction]).toMatchObject({ owner: 'sponsor' });
    expect(adapt([...changes].reverse())).toMatchObject({ refused: 'unknown-reference', path: 'changes[0].actionId' });
  });
});

describe('milestone-reordered', () => {
  const three = and(
    planned,
    milestonePlanned({ milestoneId: ids.secondMilestone, order: 2 }),
    milestonePlanned({ milestoneId: ids.thirdMilestone, order: 3 }),
    { type: 'MilestoneReached', data: { milestoneId: ids.milestone, reachedOn: '2026-03-01', evidence: null } },
    { type: 'MilestoneDropped', data: { milestoneId: ids.secondMilestone, reason: null } },
    planAgreed,
  );
  const reorder = (from: readonly string[], to: readonly string[]) =>
    ({ op: 'milestone-reordered', goalId: ids.goal, from, to }) as const;

  test('names all that are not dropped, in their order', () => {
    const order = [ids.milestone, ids.thirdMilestone];
    expect(adapted([reorder(order, [...order].reverse())], three).milestones).toMatchObject({
      [ids.thirdMilestone]: { order: 1 },
      [ids.milestone]: { order: 2 },
    });
    expect(adapt([reorder([...order].reverse(), order)], {}, three)).toMatchObject({ refused: 'plan-change-stale' });
    expect(adapt([reorder([...order, ids.secondMilestone], order)], {}, three)).toMatchObject({
      refused: 'plan-change-stale',
    });
  });

  test('into an order of the same', () => {
    const order = [ids.milestone, ids.thirdMilestone];
    expect(adapt([reorder(order, [ids.milestone, ids.milestone])], {}, three)).toEqual(
      refusal('wrong-state', { path: 'changes[0].to' }),
    );
  });
});

test('a goal that was measured can be scored instead', () => {
  const change = {
    op: 'goal-retargeted',
    goalId: ids.goal,
    from: { measure },
    to: { attainmentScale: scale },
  } as const;
  expect(adapted([change]).goals[ids.goal]).toMatchObject({ measure: null, attainmentScale: scale, retargets: 1 });
});
