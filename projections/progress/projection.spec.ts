import type { EngagementEventData } from '../../src/engagement/events';
import { givenAction, givenGoal, givenMilestone } from '../../test/support/given';
import { describeProjection, eventIdAt, type GivenEvents } from '../../test/support/projection-spec';
import { progress } from './projection';
import { actions, goals, milestones, observations } from './tables';

const goalSet = { type: 'GoalSet', data: givenGoal({ goalId: 'g1' }) } as const;
const planned = (milestoneId: string, order: number) =>
  ({ type: 'MilestonePlanned', data: givenMilestone({ milestoneId, order }) }) as const;
const committed = (actionId: string, milestoneId: string) =>
  ({ type: 'ActionCommitted', data: givenAction({ actionId, milestoneId }) }) as const;
const agreed = {
  type: 'PlanAgreed',
  data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-04-01' },
} as const;
const adapted = (changes: EngagementEventData['PlanAdapted']['changes']) =>
  ({
    type: 'PlanAdapted',
    data: {
      revision: 2,
      baseRevision: 1,
      reasonCode: 'circumstances',
      reasonText: 'Moved',
      triggeredBy: [],
      changes,
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      effectiveOn: '2026-04-09',
    },
  }) as const;

describeProjection(progress, ({ rowsAfter }) => {
  const statesOf = (events: GivenEvents) => ({
    milestones: rowsAfter(milestones, events).map(({ milestoneId, state }) => `${milestoneId} ${state}`),
    actions: rowsAfter(actions, events).map(({ actionId, state }) => `${actionId} ${state}`),
  });
  const ordersOf = (events: GivenEvents) =>
    rowsAfter(milestones, events).map(({ milestoneId, order }) => `${milestoneId} ${order}`);

  it('keeps a goal in its place from its proposal on', () => {
    const rows = rowsAfter(goals, [
      { type: 'GoalProposed', data: givenGoal({ goalId: 'g1', source: 'sponsor' }) },
      { type: 'GoalSet', data: givenGoal({ goalId: 'g2' }) },
      { type: 'GoalSet', data: givenGoal({ goalId: 'g1', source: 'sponsor' }), on: '2026-04-03' },
      { type: 'GoalsPrioritised', data: { order: ['g2', 'g1'] } },
    ]);
    expect(rows).toMatchObject([
      { goalId: 'g1', lifecycle: 'active', activeSince: '2026-04-03', rank: 2 },
      { goalId: 'g2', lifecycle: 'active', activeSince: '2026-04-01', rank: 1 },
    ]);
  });

  it.each([
    [{ type: 'GoalPutOnHold', data: { goalId: 'g1', reason: 'Later' } }, { lifecycle: 'on-hold' }],
    [
      { type: 'GoalAchieved', data: { goalId: 'g1', achievedOn: '2026-04-01', reflection: null, milestones: {} } },
      { lifecycle: 'completed', dropOutcome: null },
    ],
    [
      { type: 'GoalAbandoned', data: { goalId: 'g1', reason: 'Enough', notAttainable: true, milestones: {} } },
      { lifecycle: 'cancelled', dropOutcome: 'not-attainable' },
    ],
    [
      { type: 'GoalAbandoned', data: { goalId: 'g1', reason: 'Enough', notAttainable: false, milestones: {} } },
      { lifecycle: 'cancelled', dropOutcome: 'not-attained' },
    ],
  ] as const)('follows a goal through %j', (event, expected) => {
    expect(rowsAfter(goals, [goalSet, event])).toMatchObject([expected]);
  });

  it('moves milestones back from a place that is taken, and leaves them where it is free', () => {
    expect(ordersOf([goalSet, planned('m1', 1), planned('m2', 2), planned('m3', 1)])).toEqual(['m1 2', 'm2 3', 'm3 1']);
    expect(ordersOf([goalSet, planned('m1', 1), planned('m3', 3), planned('m2', 2)])).toEqual(['m1 1', 'm3 3', 'm2 2']);
  });

  it('gives the place of a dropped milestone to the next', () => {
    const dropped = { type: 'MilestoneDropped', data: { milestoneId: 'm1', reason: null } } as const;
    expect(ordersOf([goalSet, planned('m1', 1), planned('m2', 2), dropped, planned('m3', 1)])).toEqual([
      'm1 1',
      'm2 2',
      'm3 1',
    ]);
  });

  it('fixes baselines when the plan is agreed, and moves them never again', () => {
    const events = [
      goalSet,
      planned('m1', 1),
      committed('a1', 'm1'),
      agreed,
      adapted([
        { op: 'milestone-redated', milestoneId: 'm1', from: '2026-06-01', to: '2026-07-01' },
        { op: 'milestone-added', milestone: givenMilestone({ milestoneId: 'm2', order: 2 }) },
      ]),
    ];
    expect(rowsAfter(milestones, events)).toMatchObject([
      { dueOn: '2026-07-01', baselineDueOn: '2026-06-01' },
      { dueOn: '2026-06-01', baselineDueOn: null },
    ]);
    expect(rowsAfter(goals, events)).toMatchObject([{ baselineDueOn: '2026-09-01' }]);
    expect(rowsAfter(actions, events)).toMatchObject([{ baselineDueOn: '2026-05-01' }]);
  });

  it('drops the open actions of a dropped milestone', () => {
    const completed = { type: 'ActionCompleted', data: { actionId: 'a1', completedOn: '2026-04-01' } } as const;
    const dropped = { type: 'MilestoneDropped', data: { milestoneId: 'm1', reason: null } } as const;
    const events = [goalSet, planned('m1', 1), committed('a1', 'm1'), committed('a2', 'm1'), completed, dropped];
    expect(statesOf(events)).toEqual({ milestones: ['m1 dropped'], actions: ['a1 completed', 'a2 dropped'] });
  });

  it('drops with a goal its open milestones and what is open under any of its milestones, and nothing else', () => {
    const other = { type: 'GoalSet', data: givenGoal({ goalId: 'g2' }) } as const;
    const elsewhere = {
      type: 'MilestonePlanned',
      data: givenMilestone({ milestoneId: 'm9', goalId: 'g2' }),
    } as const;
    const reached = {
      type: 'MilestoneReached',
      data: { milestoneId: 'm1', reachedOn: '2026-04-01', evidence: null },
    } as const;
    const missed = { type: 'MilestoneMissed', data: { milestoneId: 'm2', reason: null } } as const;
    const work = [committed('a1', 'm1'), committed('a2', 'm2'), committed('a9', 'm9')];
    const dropped = adapted([{ op: 'goal-dropped', goalId: 'g1', outcome: 'no-longer-wanted' }]);
    const events = [goalSet, other, planned('m1', 1), planned('m2', 2), elsewhere, ...work, reached, missed, dropped];
    expect(statesOf(events)).toEqual({
      milestones: ['m1 reached', 'm2 dropped', 'm9 planned'],
      actions: ['a1 dropped', 'a2 dropped', 'a9 open'],
    });
    expect(rowsAfter(goals, events)).toMatchObject([
      { lifecycle: 'cancelled', dropOutcome: 'no-longer-wanted' },
      { lifecycle: 'active', dropOutcome: null },
    ]);
    expect(rowsAfter(milestones, events)[1]?.droppedOn).toBe('2026-04-09');
  });

  it('tells observations of an earlier target and corrected ones from those that count', () => {
    const value = (observed: number, corrects: string | null) =>
      ({
        type: 'ProgressRecorded',
        data: { goalId: 'g1', value: observed, observedOn: '2026-04-01', rater: 'client', note: null, corrects },
      }) as const;
    const { measure } = givenGoal({ goalId: 'g1' });
    const retargeted = adapted([
      { op: 'goal-retargeted', goalId: 'g1', from: { measure: measure! }, to: { measure: { ...measure!, target: 6 } } },
    ]);
    const events = [goalSet, value(1, null), value(2, eventIdAt(1)), retargeted, value(3, null)];
    expect(rowsAfter(observations, events)).toMatchObject([
      { observationId: eventIdAt(1), value: 1, corrected: true, retargetsSince: 1 },
      { observationId: eventIdAt(2), value: 2, corrected: false, retargetsSince: 1 },
      { observationId: eventIdAt(4), value: 3, corrected: false, retargetsSince: 0 },
    ]);
    expect(rowsAfter(goals, events)).toMatchObject([{ retargets: 1, measure: { target: 6 } }]);
  });

  it('scores by the scale what was measured before, when it is retargeted so', () => {
    const { measure } = givenGoal({ goalId: 'g1' });
    const to = { attainmentScale: [{ level: 0, description: 'As expected' }] } as const;
    const retargeted = adapted([{ op: 'goal-retargeted', goalId: 'g1', from: { measure: measure! }, to }]);
    expect(rowsAfter(goals, [goalSet, retargeted])).toMatchObject([{ measure: null, ...to }]);
  });
});
