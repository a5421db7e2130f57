import { commandSamples } from '../../../test/support/engagement/command-samples';
import { action, active, goalSet, ids, milestonePlanned, planned } from '../../../test/support/engagement/samples';
import { and, type Past, refusal, when } from '../../../test/support/engagement/scenario';
import type { EngagementEvent } from '../events';
import type { CommandKind } from '.';

const one = { milestoneId: ids.milestone };
const reached: EngagementEvent = {
  type: 'MilestoneReached',
  data: { ...one, reachedOn: '2026-03-01', evidence: null },
};
const missed: EngagementEvent = { type: 'MilestoneMissed', data: { ...one, reason: null } };
const dropped: EngagementEvent = { type: 'MilestoneDropped', data: { ...one, reason: null } };

describe('PlanMilestone', () => {
  const { data } = commandSamples.PlanMilestone;

  test('takes the place it is given, and moves the rest back', () => {
    const events = when(planned, 'PlanMilestone', data);
    expect(events).toEqual([{ type: 'MilestonePlanned', data }]);
    const { milestones } = and(planned, ...(events as EngagementEvent[])).state!;
    expect(milestones).toMatchObject({ [ids.secondMilestone]: { order: 1 }, [ids.milestone]: { order: 2 } });
  });

  test('comes after the last where no place is given', () => {
    const last = (given: Past) => when(given, 'PlanMilestone', { ...data, order: null });
    expect(last(planned)).toMatchObject([{ data: { order: 2 } }]);
    expect(last(and(active, goalSet()))).toMatchObject([{ data: { order: 1 } }]);
    const third = milestonePlanned({ milestoneId: ids.thirdMilestone, order: 7 });
    expect(last(and(planned, third))).toMatchObject([{ data: { order: 8 } }]);
  });

  test('under a goal that is there', () => {
    expect(when(planned, 'PlanMilestone', { ...data, goalId: ids.milestone })).toEqual(
      refusal('unknown-reference', { path: 'goalId', detail: /is no goal of/ }),
    );
    expect(when(planned, 'PlanMilestone', { ...data, goalId: ids.proposedGoal })).toEqual(
      refusal('wrong-state', { path: 'goalId', detail: /proposed.*accept, reject/ }),
    );
  });

  test('rule 3: due no later than its goal, and not before the goal starts', () => {
    const due = (dueOn: string) => when(planned, 'PlanMilestone', { ...data, dueOn });
    expect(due('2026-06-30')).toMatchObject([{}]);
    expect(due('2026-07-01')).toEqual(refusal('milestone-after-goal', { rule: 3, path: 'dueOn' }));
    expect(due('2026-02-01')).toMatchObject([{}]);
    expect(due('2026-01-31')).toEqual(refusal('dates-out-of-order', { rule: 3, path: 'dueOn' }));
  });

  test('with an id that is taken', () => {
    expect(when(planned, 'PlanMilestone', { ...data, milestoneId: ids.action })).toEqual(
      refusal('already-exists', { path: 'milestoneId' }),
    );
  });
});

describe('the states of a milestone', () => {
  const pasts = {
    planned,
    missed: and(planned, missed),
    reached: and(planned, reached),
    dropped: and(planned, dropped),
  };
  const commands = {
    ReachMilestone: ['planned', 'missed'],
    MissMilestone: ['planned'],
    ReopenMilestone: ['reached', 'missed'],
    DropMilestone: ['planned', 'missed'],
    CommitAction: ['planned', 'missed'],
    AllocateResource: ['planned', 'missed', 'reached'],
  } as const;
  const cases = (Object.keys(commands) as (keyof typeof commands)[]).flatMap((kind) =>
    (Object.keys(pasts) as (keyof typeof pasts)[]).map((state) => [kind, state] as const),
  );

  test.each(cases)('%s of one that is %s', (kind, state) => {
    const { data } = commandSamples[kind];
    const outcome = when(pasts[state], kind as CommandKind, data);
    if ((commands[kind] as readonly string[]).includes(state)) expect(outcome).toMatchObject([{ data }]);
    else expect(outcome).toMatchObject({ refused: 'wrong-state', detail: expect.stringContaining(state) });
  });

  test('dropping takes its open actions along, reaching leaves them', () => {
    expect(and(planned, dropped).state?.actions[ids.action]).toMatchObject({ state: 'dropped' });
    expect(and(planned, reached).state?.actions[ids.action]).toMatchObject({ state: 'open' });
  });

  test('it is not reopened after its goal', () => {
    const achieved = and(planned, reached, {
      type: 'GoalAchieved',
      data: { goalId: ids.goal, achievedOn: '2026-03-01', reflection: null, milestones: {} },
    });
    expect(when(achieved, 'ReopenMilestone', { ...one, reason: 'Not quite' })).toEqual(
      refusal('wrong-state', { detail: /goal is completed/ }),
    );
  });

  test('rule 4: it is not reached in the future', () => {
    const reach = (reachedOn: string) => when(planned, 'ReachMilestone', { ...one, reachedOn, evidence: null });
    expect(reach('2026-03-10')).toMatchObject([{}]);
    expect(reach('2026-03-11')).toEqual(refusal('in-the-future', { rule: 4, path: 'reachedOn' }));
  });
});

describe('CommitAction', () => {
  const { data } = commandSamples.CommitAction;

  test('under a milestone that is there', () => {
    expect(when(planned, 'CommitAction', data)).toEqual([{ type: 'ActionCommitted', data }]);
    expect(when(planned, 'CommitAction', { ...data, milestoneId: ids.goal })).toEqual(
      refusal('unknown-reference', { path: 'milestoneId' }),
    );
  });

  test('rule 3: due no later than its milestone', () => {
    const due = (dueOn: string) => when(planned, 'CommitAction', action({ ...data, dueOn }));
    expect(due('2026-05-01')).toMatchObject([{}]);
    expect(due('2026-05-02')).toEqual(refusal('action-after-milestone', { rule: 3, path: 'dueOn' }));
  });
});

describe('the states of an action', () => {
  const it = { actionId: ids.action };
  const pasts = {
    open: planned,
    completed: and(planned, { type: 'ActionCompleted', data: { ...it, completedOn: '2026-03-01' } }),
    dropped: and(planned, { type: 'ActionDropped', data: { ...it, reason: 'No' } }),
  };

  test.each(Object.keys(pasts) as (keyof typeof pasts)[])('one that is %s', (state) => {
    const complete = when(pasts[state], 'CompleteAction', { ...it, completedOn: '2026-03-10' });
    const drop = when(pasts[state], 'DropAction', { ...it, reason: 'No' });
    expect(complete).toMatchObject(state === 'open' ? [{ type: 'ActionCompleted' }] : { refused: 'wrong-state' });
    expect(drop).toMatchObject(state === 'open' ? [{ type: 'ActionDropped' }] : { refused: 'wrong-state' });
  });

  test('rule 4: it is not completed in the future', () => {
    expect(when(planned, 'CompleteAction', { ...it, completedOn: '2026-03-11' })).toEqual(
      refusal('in-the-future', { rule: 4, path: 'completedOn' }),
    );
  });
});
