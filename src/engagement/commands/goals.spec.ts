import { commandSamples } from '../../../test/support/engagement/command-samples';
import {
  active,
  goal,
  goalProposed,
  goalSet,
  ids,
  milestonePlanned,
  planned,
} from '../../../test/support/engagement/samples';
import { and, people, type Person, refusal, when } from '../../../test/support/engagement/scenario';
import type { Lifecycle } from '../values';
import type { CommandKind } from '.';

const { client, sponsor } = people;
const second = { goalId: ids.secondGoal };
const threeActive = and(active, goalSet(), goalSet(second), goalSet({ goalId: ids.thirdGoal }), goalProposed());

describe('SetGoal', () => {
  test('by client or coach', () => {
    const data = goal(second);
    expect(when(planned, 'SetGoal', data)).toEqual([{ type: 'GoalSet', data }]);
    expect(when(planned, 'SetGoal', data, { by: client })).toEqual([{ type: 'GoalSet', data }]);
  });

  test.each(
    Object.entries(ids).filter(([name]) =>
      ['goal', 'milestone', 'action', 'resource', 'barrier', 'checkIn'].includes(name),
    ),
  )('with the id of a %s', (_name, goalId) => {
    expect(when(planned, 'SetGoal', goal({ goalId }))).toEqual(refusal('already-exists', { path: 'goalId' }));
  });

  test.each([
    ['AgreeBarrierStrategy', ids.strategy],
    ['CelebrateAchievement', ids.celebration],
    ['RecordSetback', ids.setback],
    ['RecordNote', ids.note],
  ] as const)('with the id that %s took', (kind, goalId) => {
    const events = when(planned, kind, commandSamples[kind].data);
    if ('refused' in events) throw new Error(events.detail);
    expect(when(and(planned, ...events), 'SetGoal', goal({ goalId }))).toEqual(
      refusal('already-exists', { path: 'goalId' }),
    );
  });
});

describe('rule 3: the dates of a goal', () => {
  const set = (more: object, by: Person = people.coach) =>
    when(active, 'SetGoal', goal({ ...more, ...(by === sponsor ? { source: 'sponsor' } : {}) }), { by });

  test('it is due after its start', () => {
    const expected = refusal('dates-out-of-order', { rule: 3, path: 'dueOn' });
    expect(set({ startOn: '2026-02-01', dueOn: '2026-01-31' })).toEqual(expected);
    expect(set({ startOn: '2026-02-01', dueOn: '2026-02-01' })).toEqual(expected);
    expect(set({ startOn: '2026-02-01', dueOn: '2026-02-01' }, sponsor)).toEqual(expected);
    expect(set({ startOn: '2026-02-01', dueOn: '2026-02-02' })).toMatchObject([{ type: 'GoalSet' }]);
  });

  test('inside the engagement, its first and last day included', () => {
    expect(set({ startOn: '2026-01-01', dueOn: '2026-12-31' })).toMatchObject([{ type: 'GoalSet' }]);
    expect(set({ startOn: '2025-12-31' })).toEqual(refusal('outside-engagement', { rule: 3, path: 'startOn' }));
    expect(set({ startOn: '2026-01-01', dueOn: '2027-01-01' })).toEqual(
      refusal('outside-engagement', { rule: 3, path: 'dueOn' }),
    );
    expect(set({ dueOn: '2027-01-01' }, sponsor)).toEqual(refusal('outside-engagement', { rule: 3, path: 'dueOn' }));
  });

  test('unless a reason is given, which excuses nothing else', () => {
    const datesOverrideReason = 'The course ends later';
    expect(set({ dueOn: '2027-01-01', datesOverrideReason })).toMatchObject([{ type: 'GoalSet' }]);
    expect(set({ dueOn: '2026-02-01', datesOverrideReason })).toEqual(
      refusal('dates-out-of-order', { rule: 3, path: 'dueOn' }),
    );
  });
});

describe('rule 6: at most so many goals are active', () => {
  const tooMany = refusal('too-many-active-goals', { rule: 6, detail: /At most 3 goals are active/ });
  const fourth = goal({ goalId: ids.fourthGoal });
  const oneOnHold = and(threeActive, { type: 'GoalPutOnHold', data: { ...second, reason: 'Later' } });

  test('setting another', () => {
    expect(when(threeActive, 'SetGoal', fourth)).toEqual(tooMany);
    expect(when(threeActive, 'SetGoal', fourth, { activeGoalCap: 4 })).toMatchObject([{ type: 'GoalSet' }]);
    expect(when(oneOnHold, 'SetGoal', fourth)).toMatchObject([{ type: 'GoalSet' }]);
  });

  test('accepting another', () => {
    const accept = { goalId: ids.proposedGoal };
    expect(when(threeActive, 'AcceptGoal', accept, { by: client })).toEqual(tooMany);
    expect(when(oneOnHold, 'AcceptGoal', accept, { by: client })).toMatchObject([{ type: 'GoalSet' }]);
  });

  test('resuming another', () => {
    expect(when(oneOnHold, 'ResumeGoal', second)).toEqual([{ type: 'GoalResumed', data: second }]);
    expect(when(and(oneOnHold, { type: 'GoalSet', data: fourth }), 'ResumeGoal', second)).toEqual(tooMany);
  });

  test('a proposal is none', () => {
    const data = { ...fourth, source: 'sponsor' as const };
    expect(when(threeActive, 'SetGoal', data, { by: sponsor })).toMatchObject([{ type: 'GoalProposed' }]);
  });

  test('is judged before the dates', () => {
    expect(when(threeActive, 'SetGoal', { ...fourth, dueOn: fourth.startOn })).toEqual(tooMany);
  });
});

describe('the states of a goal', () => {
  const one = { goalId: ids.goal };
  const set = and(active, goalSet());
  const pasts: Record<Lifecycle, typeof set> = {
    proposed: and(active, goalProposed(one)),
    active: set,
    'on-hold': and(set, { type: 'GoalPutOnHold', data: { ...one, reason: 'Later' } }),
    completed: and(set, {
      type: 'GoalAchieved',
      data: { ...one, achievedOn: '2026-03-01', reflection: null, milestones: {} },
    }),
    cancelled: and(set, {
      type: 'GoalAbandoned',
      data: { ...one, reason: 'No', notAttainable: false, milestones: {} },
    }),
    rejected: and(active, goalProposed(one), { type: 'GoalRejected', data: { ...one, reason: 'No' } }),
  };
  const { RecordProgress, ScoreAttainment, PlanMilestone, AchieveGoal, AbandonGoal } = commandSamples;
  const commands = {
    AcceptGoal: { data: one, from: ['proposed'] },
    RejectGoal: { data: { ...one, reason: 'No' }, from: ['proposed'] },
    PutGoalOnHold: { data: { ...one, reason: 'Later' }, from: ['active'] },
    ResumeGoal: { data: one, from: ['on-hold'] },
    AchieveGoal: { data: { ...AchieveGoal.data, milestones: null }, from: ['active', 'on-hold'] },
    AbandonGoal: { data: { ...AbandonGoal.data, milestones: null }, from: ['active', 'on-hold'] },
    RecordProgress: { data: { ...RecordProgress.data, rater: 'client' }, from: ['active', 'on-hold', 'completed'] },
    ScoreAttainment: { data: { ...ScoreAttainment.data, rater: 'client' }, from: ['active', 'on-hold', 'completed'] },
    PlanMilestone: { data: PlanMilestone.data, from: ['active', 'on-hold'] },
  } as const;

  const cases = (Object.keys(commands) as (keyof typeof commands)[]).flatMap((kind) =>
    (Object.keys(pasts) as Lifecycle[]).map((lifecycle) => [kind, lifecycle] as const),
  );

  test.each(cases)('%s of one that is %s', (kind, lifecycle) => {
    const { data, from } = commands[kind];
    const outcome = when(pasts[lifecycle], kind as CommandKind, data, { by: client });
    if ((from as readonly string[]).includes(lifecycle)) expect(outcome).toMatchObject([{ data: one }]);
    else expect(outcome).toMatchObject({ refused: 'wrong-state', detail: expect.stringContaining(lifecycle) });
  });
});

describe('rule 5: a goal ends together with its open milestones', () => {
  const two = and(
    active,
    goalSet(),
    milestonePlanned(),
    milestonePlanned({ milestoneId: ids.secondMilestone, order: 2 }),
    milestonePlanned({ milestoneId: ids.thirdMilestone, order: 3 }),
    { type: 'MilestoneDropped', data: { milestoneId: ids.thirdMilestone, reason: null } },
    { type: 'MilestoneMissed', data: { milestoneId: ids.secondMilestone, reason: null } },
  );
  const both = { [ids.secondMilestone]: 'dropped', [ids.milestone]: 'reached' } as const;
  const achieve = { goalId: ids.goal, achievedOn: '2026-03-01', reflection: 'Patience' };
  const abandon = { goalId: ids.goal, reason: 'No longer', notAttainable: true };

  test('achieved, with what becomes of each', () => {
    expect(when(two, 'AchieveGoal', { ...achieve, milestones: both })).toEqual([
      { type: 'MilestoneReached', data: { milestoneId: ids.milestone, reachedOn: '2026-03-01', evidence: null } },
      { type: 'MilestoneDropped', data: { milestoneId: ids.secondMilestone, reason: null } },
      { type: 'GoalAchieved', data: { ...achieve, milestones: both } },
    ]);
  });

  test('abandoned, with what becomes of each', () => {
    const occurredAt = '2026-03-02T10:00:00.000Z';
    expect(when(two, 'AbandonGoal', { ...abandon, milestones: both }, { occurredAt })).toEqual([
      { type: 'MilestoneReached', data: { milestoneId: ids.milestone, reachedOn: '2026-03-02', evidence: null } },
      { type: 'MilestoneDropped', data: { milestoneId: ids.secondMilestone, reason: null } },
      { type: 'GoalAbandoned', data: { ...abandon, milestones: both } },
    ]);
  });

  test.each([null, {}, { [ids.milestone]: 'reached' as const }])(
    'refused, naming what is missing: %j',
    (milestones) => {
      const missing = new RegExp(
        `${milestones && ids.milestone in milestones ? '' : `${ids.milestone}, `}${ids.secondMilestone}`,
      );
      const expected = refusal('open-milestones', { rule: 5, path: 'milestones', detail: missing });
      expect(when(two, 'AchieveGoal', { ...achieve, milestones })).toEqual(expected);
      expect(when(two, 'AbandonGoal', { ...abandon, milestones })).toEqual(expected);
    },
  );

  test('a milestone that is not there, or not open', () => {
    const milestones = { ...both, [ids.unknown]: 'reached' } as const;
    const unknown = refusal('unknown-reference', { path: `milestones.${ids.unknown}` });
    expect(when(two, 'AchieveGoal', { ...achieve, milestones })).toEqual(unknown);
    expect(when(two, 'AbandonGoal', { ...abandon, milestones })).toEqual(unknown);
    const gone = { ...both, [ids.thirdMilestone]: 'dropped' } as const;
    expect(when(two, 'AbandonGoal', { ...abandon, milestones: gone })).toEqual(
      refusal('wrong-state', { path: `milestones.${ids.thirdMilestone}` }),
    );
  });

  test('a goal without open milestones needs none', () => {
    const event = { type: 'GoalAchieved', data: { ...achieve, milestones: {} } };
    expect(when(and(active, goalSet()), 'AchieveGoal', { ...achieve, milestones: null })).toEqual([event]);
  });

  test('rule 4: it is not achieved in the future', () => {
    const early = { ...achieve, achievedOn: '2026-03-11', milestones: both };
    expect(when(two, 'AchieveGoal', early)).toEqual(refusal('in-the-future', { rule: 4, path: 'achievedOn' }));
    expect(when(two, 'AchieveGoal', { ...early, achievedOn: '2026-03-10' })).toMatchObject([{}, {}, {}]);
  });
});

describe('PrioritiseGoals', () => {
  const second3 = and(threeActive, { type: 'GoalPutOnHold', data: { ...second, reason: 'Later' } });

  test('every open goal once', () => {
    const order = [ids.thirdGoal, ids.goal, ids.secondGoal];
    expect(when(second3, 'PrioritiseGoals', { order })).toEqual([{ type: 'GoalsPrioritised', data: { order } }]);
  });

  test.each([
    [[ids.thirdGoal, ids.goal]],
    [[ids.thirdGoal, ids.goal, ids.goal]],
    [[ids.thirdGoal, ids.goal, ids.secondGoal, ids.goal]],
    [[ids.thirdGoal, ids.goal, ids.secondGoal, ids.proposedGoal]],
  ])('not %j', (order) => {
    expect(when(second3, 'PrioritiseGoals', { order })).toEqual(
      refusal('wrong-state', { path: 'order', detail: new RegExp(`once: ${ids.goal}, ${ids.secondGoal}`) }),
    );
  });

  test('a goal that is not there', () => {
    expect(when(second3, 'PrioritiseGoals', { order: [ids.goal, ids.milestone] })).toEqual(
      refusal('unknown-reference', { path: 'order[1]' }),
    );
  });
});
