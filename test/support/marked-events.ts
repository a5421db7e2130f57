import type { EngagementEventData } from '../../src/engagement/events';
import type { PlanChange } from '../../src/engagement/plan-changes';
import type { GoalDetails, Measure, MilestoneDetails } from '../../src/engagement/values';
import type { ParticipantEventData } from '../../src/participants/events';

/** Stands in every text that a person can write. */
export const MARK = 'SECRET-TEXT';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const measure: Measure = { metric: MARK, unit: MARK, baseline: 1, target: 10, direction: 'increase' };
const attainmentScale = ([-2, -1, 0, 1, 2] as const).map((level) => ({ level, description: MARK }));
const goal: GoalDetails = {
  goalId: id(1),
  specific: MARK,
  measure,
  attainmentScale,
  achievability: { confidence: 7, rationale: MARK },
  relevance: MARK,
  startOn: '2026-03-01',
  dueOn: '2026-06-30',
  datesOverrideReason: MARK,
  source: 'joint',
  weight: 2,
  rank: 1,
};
const milestone: MilestoneDetails = {
  milestoneId: id(2),
  goalId: id(1),
  title: MARK,
  criterion: MARK,
  dueOn: '2026-05-31',
  order: 1,
};
const action = {
  actionId: id(3),
  milestoneId: id(2),
  title: MARK,
  owner: 'client' as const,
  dueOn: '2026-05-01',
  commitment: 8,
};
const dates = { startOn: '2026-03-01', dueOn: '2026-06-30' };
const funding = { description: MARK, budget: { amount: '600.00', currency: 'EUR' } };
const wording = { title: MARK, criterion: MARK };

/** Every operation, with every field. */
const changes: readonly PlanChange[] = [
  { op: 'goal-added', goalId: id(1), goal },
  { op: 'goal-redated', goalId: id(1), from: dates, to: dates, datesOverrideReason: MARK },
  { op: 'goal-retargeted', goalId: id(1), from: { measure }, to: { measure } },
  { op: 'goal-retargeted', goalId: id(1), from: { attainmentScale }, to: { attainmentScale } },
  { op: 'goal-reweighted', goalId: id(1), from: 1, to: 2 },
  {
    op: 'goal-redefined',
    goalId: id(1),
    from: { specific: MARK, relevance: MARK },
    to: { specific: MARK, relevance: MARK },
  },
  { op: 'goal-dropped', goalId: id(1), outcome: 'not-attained' },
  { op: 'milestone-added', milestone },
  { op: 'milestone-redated', milestoneId: id(2), from: '2026-05-31', to: '2026-06-15' },
  { op: 'milestone-redefined', milestoneId: id(2), from: wording, to: wording },
  { op: 'milestone-reordered', goalId: id(1), from: [id(2), id(4)], to: [id(4), id(2)] },
  { op: 'milestone-dropped', milestoneId: id(2) },
  { op: 'action-added', action },
  { op: 'action-redated', actionId: id(3), from: '2026-05-01', to: '2026-05-02' },
  { op: 'action-reassigned', actionId: id(3), from: 'client', to: 'coach' },
  { op: 'action-redefined', actionId: id(3), from: { title: MARK }, to: { title: MARK } },
  { op: 'action-dropped', actionId: id(3) },
  { op: 'resource-changed', resourceId: id(5), from: funding, to: funding },
];

/** The data of one event of every type there is, whole, with the mark in place of every text. */
export const markedEvents: Readonly<EngagementEventData & ParticipantEventData> = {
  EngagementProposed: {
    engagementId: id(10),
    clientId: id(11),
    coachId: id(12),
    sponsorId: id(13),
    startsOn: '2026-03-01',
    endsOn: '2026-12-31',
    checkInEveryDays: 14,
  },
  AgreementSigned: { party: 'client', discloses: ['goals', 'attendance'] },
  EngagementStarted: {},
  EngagementPaused: { reason: MARK },
  EngagementResumed: {},
  EngagementExtended: { endsOn: '2027-01-31', reason: MARK },
  CoachReassigned: { coachId: id(14), reason: MARK },
  EngagementCompleted: { summary: MARK },
  EngagementEndedEarly: { reason: MARK },
  EngagementReopened: { reason: MARK },
  CareerVisionArticulated: { vision: MARK, values: [MARK], interests: [MARK], aspirations: [MARK] },
  GoalProposed: goal,
  GoalSet: goal,
  GoalRejected: { goalId: id(1), reason: MARK },
  GoalPutOnHold: { goalId: id(1), reason: MARK },
  GoalResumed: { goalId: id(1) },
  GoalAchieved: { goalId: id(1), achievedOn: '2026-06-01', reflection: MARK, milestones: { [id(2)]: 'reached' } },
  GoalAbandoned: { goalId: id(1), reason: MARK, notAttainable: true, milestones: { [id(2)]: 'dropped' } },
  GoalsPrioritised: { order: [id(1), id(6)] },
  ProgressRecorded: {
    goalId: id(1),
    value: 3.5,
    observedOn: '2026-04-01',
    rater: 'client',
    note: MARK,
    corrects: id(20),
  },
  GoalAttainmentScored: { goalId: id(1), level: 1, observedOn: '2026-04-01', rater: 'coach', corrects: id(21) },
  MilestonePlanned: milestone,
  MilestoneReached: { milestoneId: id(2), reachedOn: '2026-05-01', evidence: MARK },
  MilestoneMissed: { milestoneId: id(2), reason: MARK },
  MilestoneReopened: { milestoneId: id(2), reason: MARK },
  MilestoneDropped: { milestoneId: id(2), reason: MARK },
  ActionCommitted: action,
  ActionCompleted: { actionId: id(3), completedOn: '2026-05-01' },
  ActionDropped: { actionId: id(3), reason: MARK },
  ResourceIdentified: { resourceId: id(5), kind: 'funding', ...funding },
  ResourceAllocated: { resourceId: id(5), to: id(2), amount: { amount: '100.00', currency: 'EUR' } },
  ResourceReleased: { resourceId: id(5), to: id(2), reason: MARK },
  BarrierIdentified: { barrierId: id(7), category: 'skill', description: MARK, severity: 4, affects: [id(1)] },
  BarrierStrategyAgreed: { barrierId: id(7), strategyId: id(8), description: MARK },
  BarrierResolved: { barrierId: id(7), outcome: MARK, resolvedOn: '2026-05-01' },
  BarrierReopened: { barrierId: id(7), reason: MARK },
  CheckInScheduled: { checkInId: id(9), scheduledFor: '2026-04-10T09:00:00.000Z' },
  CheckInRescheduled: { checkInId: id(9), scheduledFor: '2026-04-11T09:00:00.000Z', reason: MARK },
  CheckInHeld: { checkInId: id(9), heldAt: '2026-04-11T09:00:00.000Z', summary: MARK, confidence: 8 },
  CheckInMissed: { checkInId: id(9), by: 'client', reason: MARK },
  PlanAgreed: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-04-01' },
  PlanAdapted: {
    revision: 2,
    baseRevision: 1,
    reasonCode: 'barrier',
    reasonText: MARK,
    triggeredBy: [id(22)],
    changes,
    agreedBy: ['client', 'coach'],
    sponsorInformed: true,
    effectiveOn: '2026-04-02',
  },
  AchievementCelebrated: { celebrationId: id(15), about: id(1), how: MARK },
  SetbackRecorded: { setbackId: id(16), description: MARK },
  LessonLearned: { setbackId: id(16), lesson: MARK },
  NoteRecorded: { noteId: id(17), visibility: 'shared', text: MARK, about: id(1), digest: 'd'.repeat(64) },
  ParticipantRegistered: { participantId: id(18), kind: 'client', name: MARK, email: `${MARK}@example.org` },
  ParticipantUpdated: { name: MARK, email: `${MARK}@example.org` },
};
