import fc from 'fast-check';
import type { CommandKind, EngagementCommand, EngagementCommands } from '../../../src/engagement/commands';
import { isOpenGoal, isOpenMilestone } from '../../../src/engagement/engagement';
import type { Id, MilestoneFate } from '../../../src/engagement/values';
import { changeDrafts } from './change-drafts';
import { commandSamples } from './command-samples';
import {
  actions,
  anything,
  dayBefore,
  daysAgo,
  type Draft,
  goals,
  milestones,
  money,
  pools,
  type Situation,
  thingsOf,
} from './pools';
import { eventId, people } from './scenario';

const reason = 'For a reason';

function draft<K extends CommandKind, Raw>(
  type: K,
  raws: fc.Arbitrary<Raw>,
  fit: (raw: Raw, situation: Situation) => EngagementCommands[K],
): fc.Arbitrary<Draft> {
  return raws.map((raw) => ({
    type,
    raw,
    fit: (situation) => ({ type, data: fit(raw, situation) }) as EngagementCommand,
  }));
}

const always = <K extends CommandKind>(type: K, data: EngagementCommands[K]): fc.Arbitrary<Draft> =>
  draft(type, fc.constant(null), () => data);

/** Once out of so many. */
const seldom = (outOf: number): fc.Arbitrary<boolean> =>
  fc.constantFrom(true, ...Array<boolean>(outOf - 1).fill(false));

/** What becomes of the goal's open milestones; incomplete when `isPartial`. */
function fatesOf(goalId: Id, isPartial: boolean, fate: MilestoneFate, situation: Situation): Record<Id, MilestoneFate> {
  const open = thingsOf(situation, 'milestones').filter((one) => one.goalId === goalId && isOpenMilestone(one));
  return Object.fromEntries(open.slice(isPartial ? 1 : 0).map(({ milestoneId }) => [milestoneId, fate]));
}

const fate = fc.constantFrom<MilestoneFate>('reached', 'dropped');
const rater = fc.constantFrom('client' as const, 'coach' as const);
const corrects = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }).map(eventId) },
);

/** Random commands of every kind, over few ids. */
export const drafts: Readonly<Record<CommandKind, fc.Arbitrary<Draft>>> = {
  ProposeEngagement: always('ProposeEngagement', commandSamples.ProposeEngagement.data),
  SignAgreement: draft(
    'SignAgreement',
    fc.constantFrom('client' as const, 'coach' as const, 'sponsor' as const),
    (party) => ({ party, discloses: party === 'client' ? ['goals'] : null }),
  ),
  StartEngagement: always('StartEngagement', {}),
  PauseEngagement: always('PauseEngagement', { reason }),
  ResumeEngagement: always('ResumeEngagement', {}),
  CompleteEngagement: always('CompleteEngagement', { summary: 'Done' }),
  ExtendEngagement: draft('ExtendEngagement', fc.constantFrom('2026-12-31', '2027-03-31'), (endsOn) => ({
    endsOn,
    reason,
  })),
  EndEngagementEarly: always('EndEngagementEarly', { reason }),
  ReopenEngagement: always('ReopenEngagement', { reason }),
  ReassignCoach: draft('ReassignCoach', fc.constantFrom(people.coach.id, people.supervisor.id), (coachId) => ({
    coachId,
    reason,
  })),
  ArticulateVision: always('ArticulateVision', { vision: 'A vision', values: [], interests: [], aspirations: [] }),
  SetGoal: draft('SetGoal', goals, (goal) => goal),
  AcceptGoal: draft('AcceptGoal', pools.goal, (goalId) => ({ goalId })),
  RejectGoal: draft('RejectGoal', pools.goal, (goalId) => ({ goalId, reason })),
  PutGoalOnHold: draft('PutGoalOnHold', pools.goal, (goalId) => ({ goalId, reason })),
  ResumeGoal: draft('ResumeGoal', pools.goal, (goalId) => ({ goalId })),
  AchieveGoal: draft(
    'AchieveGoal',
    fc.tuple(pools.goal, daysAgo, seldom(5), fate),
    ([goalId, ago, part, all], now) => ({
      goalId,
      achievedOn: dayBefore(now, ago),
      reflection: null,
      milestones: fatesOf(goalId, part, all, now),
    }),
  ),
  AbandonGoal: draft(
    'AbandonGoal',
    fc.tuple(pools.goal, fc.boolean(), seldom(5), fate),
    ([goalId, never, part, all], now) => ({
      goalId,
      reason,
      notAttainable: never,
      milestones: fatesOf(goalId, part, all, now),
    }),
  ),
  PrioritiseGoals: draft('PrioritiseGoals', seldom(4), (isPartial, now) => ({
    order: thingsOf(now, 'goals')
      .filter(isOpenGoal)
      .map(({ goalId }) => goalId)
      .reverse()
      .slice(isPartial ? 1 : 0),
  })),
  RecordProgress: draft(
    'RecordProgress',
    fc.tuple(pools.goal, daysAgo, rater, corrects),
    ([goalId, ago, by, old], now) => ({
      goalId,
      value: ago,
      observedOn: dayBefore(now, ago),
      rater: by,
      note: null,
      corrects: old,
    }),
  ),
  ScoreAttainment: draft(
    'ScoreAttainment',
    fc.tuple(pools.goal, daysAgo, rater, corrects),
    ([goalId, ago, by, old], now) => ({
      goalId,
      level: ago % 2 === 0 ? 0 : 1,
      observedOn: dayBefore(now, ago),
      rater: by,
      corrects: old,
    }),
  ),
  PlanMilestone: draft('PlanMilestone', milestones, (milestone) => milestone),
  ReachMilestone: draft('ReachMilestone', fc.tuple(pools.milestone, daysAgo), ([milestoneId, ago], now) => ({
    milestoneId,
    reachedOn: dayBefore(now, ago),
    evidence: null,
  })),
  MissMilestone: draft('MissMilestone', pools.milestone, (milestoneId) => ({ milestoneId, reason: null })),
  ReopenMilestone: draft('ReopenMilestone', pools.milestone, (milestoneId) => ({ milestoneId, reason })),
  DropMilestone: draft('DropMilestone', pools.milestone, (milestoneId) => ({ milestoneId, reason })),
  CommitAction: draft('CommitAction', actions, (action) => action),
  CompleteAction: draft('CompleteAction', fc.tuple(pools.action, daysAgo), ([actionId, ago], now) => ({
    actionId,
    completedOn: dayBefore(now, ago),
  })),
  DropAction: draft('DropAction', pools.action, (actionId) => ({ actionId, reason })),
  IdentifyResource: draft('IdentifyResource', fc.tuple(pools.resource, fc.option(money)), ([resourceId, budget]) => ({
    resourceId,
    kind: budget ? 'funding' : 'tool',
    description: 'A resource',
    budget,
  })),
  AllocateResource: draft(
    'AllocateResource',
    fc.tuple(pools.resource, fc.oneof(pools.milestone, pools.action), fc.option(money)),
    ([resourceId, to, amount]) => ({ resourceId, to, amount }),
  ),
  ReleaseResource: draft(
    'ReleaseResource',
    fc.tuple(pools.resource, fc.option(pools.milestone)),
    ([resourceId, to]) => ({
      resourceId,
      to,
      reason,
    }),
  ),
  IdentifyBarrier: draft('IdentifyBarrier', fc.tuple(pools.barrier, anything), ([barrierId, about]) => ({
    barrierId,
    category: 'external',
    description: 'A barrier',
    severity: 3,
    affects: [about],
  })),
  AgreeBarrierStrategy: draft(
    'AgreeBarrierStrategy',
    fc.tuple(pools.barrier, pools.other),
    ([barrierId, strategyId]) => ({
      barrierId,
      strategyId,
      description: 'A strategy',
    }),
  ),
  ResolveBarrier: draft('ResolveBarrier', fc.tuple(pools.barrier, daysAgo), ([barrierId, ago], now) => ({
    barrierId,
    outcome: 'Gone',
    resolvedOn: dayBefore(now, ago),
  })),
  ReopenBarrier: draft('ReopenBarrier', pools.barrier, (barrierId) => ({ barrierId, reason })),
  ScheduleCheckIn: draft('ScheduleCheckIn', pools.checkIn, (checkInId) => ({
    checkInId,
    scheduledFor: '2026-06-01T10:00:00.000Z',
  })),
  RescheduleCheckIn: draft('RescheduleCheckIn', pools.checkIn, (checkInId) => ({
    checkInId,
    scheduledFor: '2026-07-01T10:00:00.000Z',
    reason,
  })),
  HoldCheckIn: draft('HoldCheckIn', fc.tuple(pools.checkIn, daysAgo), ([checkInId, ago], now) => ({
    checkInId,
    heldAt: `${dayBefore(now, ago)}T08:00:00.000Z`,
    summary: 'Held',
    confidence: null,
  })),
  MissCheckIn: draft('MissCheckIn', pools.checkIn, (checkInId) => ({ checkInId, by: 'client', reason: null })),
  AgreePlan: always('AgreePlan', { agreedBy: ['client', 'coach'] }),
  AdaptPlan: draft(
    'AdaptPlan',
    fc.record({
      isStale: seldom(12),
      isCorrection: seldom(3),
      ago: fc.constantFrom(-1, 0, 0, 0, 0, 0, 1, 2),
      trigger: corrects,
      changes: fc.array(changeDrafts, { minLength: 1, maxLength: 3 }),
    }),
    ({ isStale, isCorrection, ago, trigger, changes }, now) => ({
      baseRevision: (now.state?.plan.revision ?? 1) - (isStale ? 1 : 0),
      reasonCode: isCorrection ? 'data-correction' : 'circumstances',
      reasonText: reason,
      triggeredBy: trigger === null ? null : [trigger],
      changes: changes.flatMap((change) => (now.state ? [change(now.state)] : [])),
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      effectiveOn: dayBefore(now, ago),
    }),
  ),
  CelebrateAchievement: draft('CelebrateAchievement', fc.tuple(pools.other, anything), ([celebrationId, about]) => ({
    celebrationId,
    about,
    how: 'A dinner',
  })),
  RecordSetback: draft('RecordSetback', fc.tuple(pools.other, fc.boolean()), ([setbackId, isLearned]) => ({
    setbackId,
    description: 'A setback',
    lesson: isLearned ? 'A lesson' : null,
  })),
  RecordNote: draft('RecordNote', fc.tuple(pools.other, fc.option(anything)), ([noteId, about]) => ({
    noteId,
    visibility: 'shared',
    text: 'A note',
    about,
  })),
};
