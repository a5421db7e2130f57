import { commandSamples } from '../../../test/support/engagement/command-samples';
import {
  actionCommitted,
  agreed,
  barrierIdentified,
  checkInScheduled,
  ended,
  goalProposed,
  goalSet,
  milestonePlanned,
  paused,
  planned,
  proposed,
  resourceIdentified,
  withPlan,
} from '../../../test/support/engagement/samples';
import { and, type Past, people, refusal, when } from '../../../test/support/engagement/scenario';
import { isRefusal } from '../decision';
import { type CommandKind, commandRules } from '.';

// The three lists of the contract, as it has them.
const possibleBeforeStart: readonly CommandKind[] = [
  ...(['SignAgreement', 'StartEngagement', 'EndEngagementEarly', 'ReassignCoach', 'ArticulateVision'] as const),
  ...(['SetGoal', 'AcceptGoal', 'RejectGoal', 'AbandonGoal', 'PrioritiseGoals'] as const),
  ...(['PlanMilestone', 'DropMilestone', 'CommitAction', 'DropAction'] as const),
  ...(['IdentifyResource', 'AllocateResource', 'ReleaseResource'] as const),
  ...(['IdentifyBarrier', 'AgreeBarrierStrategy', 'ResolveBarrier', 'ReopenBarrier'] as const),
  ...(['ScheduleCheckIn', 'RescheduleCheckIn', 'RecordNote'] as const),
];
const refusedWhilePaused: readonly CommandKind[] = [
  ...(['SetGoal', 'AcceptGoal', 'ResumeGoal', 'PrioritiseGoals', 'PlanMilestone', 'CommitAction'] as const),
  ...(['IdentifyResource', 'AllocateResource', 'ExtendEngagement', 'AgreePlan', 'AdaptPlan'] as const),
];
const refusedOncePlanIsAgreed: readonly CommandKind[] = [
  ...(['SetGoal', 'AcceptGoal', 'PlanMilestone', 'DropMilestone', 'CommitAction', 'DropAction'] as const),
  'AbandonGoal',
];

const kinds = (Object.keys(commandRules) as CommandKind[]).filter((kind) => kind !== 'ProposeEngagement');
const things = [
  ...[goalSet(), goalProposed(), milestonePlanned(), actionCommitted(), resourceIdentified()],
  ...[barrierIdentified, checkInScheduled],
];
const preparing = and(agreed, ...things);

function codeOf(given: Past, kind: CommandKind): string | null {
  const { data, by } = commandSamples[kind];
  const outcome = when(given, kind, data, by ? { by } : {});
  return isRefusal(outcome) ? outcome.refused : null;
}

describe('rule 7: before the start an engagement is only prepared', () => {
  test.each(kinds)('%s', (kind) => {
    const isRefused = codeOf(preparing, kind) === 'engagement-not-started';
    expect(isRefused).toBe(!possibleBeforeStart.includes(kind));
  });
});

describe('rule 7: while paused nothing new is committed', () => {
  test.each(kinds)('%s', (kind) => {
    // The adaptation is the one kind of command that needs an agreed plan to come so far.
    const given = kind === 'AdaptPlan' ? withPlan : planned;
    const isRefused = codeOf(and(given, paused), kind) === 'engagement-paused';
    expect(isRefused).toBe(refusedWhilePaused.includes(kind));
  });

  test('a sponsor may still propose a goal', () => {
    const data = { ...commandSamples.SetGoal.data, source: 'sponsor' as const };
    const outcome = when(and(planned, paused), 'SetGoal', data, { by: people.sponsor });
    expect(outcome).toEqual([{ type: 'GoalProposed', data }]);
  });

  test('the plan may be corrected, but not added to', () => {
    const adaptation = { ...commandSamples.AdaptPlan.data, reasonCode: 'data-correction' as const };
    const resting = and(withPlan, paused);
    expect(when(resting, 'AdaptPlan', adaptation)).toMatchObject([{ type: 'PlanAdapted' }]);
    const adding = {
      ...adaptation,
      changes: [
        ...adaptation.changes,
        { op: 'milestone-added' as const, milestone: commandSamples.PlanMilestone.data },
      ],
    };
    expect(when(resting, 'AdaptPlan', adding)).toEqual(refusal('engagement-paused', { rule: 7, detail: /resume/ }));
  });
});

describe('rule 7: after its end an engagement is read-only until it is reopened', () => {
  test.each(kinds)('%s', (kind) => {
    const isRefused = codeOf(and(planned, ended), kind) === 'engagement-ended';
    expect(isRefused).toBe(kind !== 'ReopenEngagement');
  });

  test('the client may still change what is disclosed', () => {
    const outcome = when(
      and(planned, ended),
      'SignAgreement',
      { party: 'client', discloses: [] },
      { by: people.client },
    );
    expect(outcome).toEqual([{ type: 'AgreementSigned', data: { party: 'client', discloses: [] } }]);
  });
});

test('a first signature is no change of disclosure', () => {
  const first = when(and(proposed, ended), 'SignAgreement', { party: 'client', discloses: [] }, { by: people.client });
  expect(first).toEqual(refusal('engagement-ended', { rule: 7, detail: /reopen/ }));
});

describe('rule 10: a commitment in the agreed plan never changes silently', () => {
  test.each(kinds)('%s', (kind) => {
    const { data, by } = commandSamples[kind];
    const outcome = when(withPlan, kind, data, by ? { by } : {});
    const isRefused = isRefusal(outcome) && outcome.refused === 'plan-is-agreed';
    expect(isRefused).toBe(refusedOncePlanIsAgreed.includes(kind));
    if (!isRefused) return;
    expect(outcome).toEqual(
      refusal('plan-is-agreed', { rule: 10, detail: /POST …\/plan\/adaptations.*(added|dropped)/ }),
    );
  });

  test('a sponsor may still propose a goal', () => {
    const data = { ...commandSamples.SetGoal.data, source: 'sponsor' as const };
    expect(when(withPlan, 'SetGoal', data, { by: people.sponsor })).toEqual([{ type: 'GoalProposed', data }]);
  });
});

test('the phase is judged before the plan, and the plan before the state of things', () => {
  const gone = { milestoneId: commandSamples.DropMilestone.data.milestoneId, reason: 'Again' };
  const dropped = and(
    planned,
    { type: 'MilestoneDropped', data: gone },
    { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-01-05' } },
  );
  expect(when(and(dropped, ended), 'DropMilestone', gone)).toEqual(refusal('engagement-ended', { rule: 7 }));
  expect(when(dropped, 'DropMilestone', gone)).toEqual(refusal('plan-is-agreed', { rule: 10 }));
});
