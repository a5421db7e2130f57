import type { EngagementEventData } from '../../engagement/events';
import type { ParticipantEventData } from '../../participants/events';
import type { PathIn } from './paths';

type EventData = EngagementEventData & ParticipantEventData;
export type EventType = keyof EventData;

const goal = [
  'goalId',
  'measure.baseline',
  'measure.target',
  'measure.direction',
  'attainmentScale[].level',
  'achievability.confidence',
  'startOn',
  'dueOn',
  'source',
  'weight',
  'rank',
] as const;
const milestone = ['milestoneId', 'goalId', 'dueOn', 'order'] as const;
const action = ['actionId', 'milestoneId', 'owner', 'dueOn', 'commitment'] as const;

const inGoal = <const Path extends string>(paths: readonly Path[]) =>
  paths.map((path) => `changes[].goal.${path}` as const);
const inMilestone = <const Path extends string>(paths: readonly Path[]) =>
  paths.map((path) => `changes[].milestone.${path}` as const);
const inAction = <const Path extends string>(paths: readonly Path[]) =>
  paths.map((path) => `changes[].action.${path}` as const);

/**
 * What other systems get to see of each event's data: ids, dates, numbers and codes, path by path. What people wrote is
 * in none of them, neither personal text nor plan text. `null`: the event itself is not published. Notes are not, not even
 * that there is one.
 */
export const published: { readonly [T in EventType]: readonly PathIn<EventData[T]>[] | null } = {
  EngagementProposed: ['engagementId', 'clientId', 'coachId', 'sponsorId', 'startsOn', 'endsOn', 'checkInEveryDays'],
  AgreementSigned: ['party', 'discloses'],
  EngagementStarted: [],
  EngagementPaused: [],
  EngagementResumed: [],
  EngagementExtended: ['endsOn'],
  CoachReassigned: ['coachId'],
  EngagementCompleted: [],
  EngagementEndedEarly: [],
  EngagementReopened: [],
  CareerVisionArticulated: [],
  GoalProposed: goal,
  GoalSet: goal,
  GoalRejected: ['goalId'],
  GoalPutOnHold: ['goalId'],
  GoalResumed: ['goalId'],
  GoalAchieved: ['goalId', 'achievedOn', 'milestones{}'],
  GoalAbandoned: ['goalId', 'notAttainable', 'milestones{}'],
  GoalsPrioritised: ['order'],
  ProgressRecorded: ['goalId', 'value', 'observedOn', 'rater', 'corrects'],
  GoalAttainmentScored: ['goalId', 'level', 'observedOn', 'rater', 'corrects'],
  MilestonePlanned: milestone,
  MilestoneReached: ['milestoneId', 'reachedOn'],
  MilestoneMissed: ['milestoneId'],
  MilestoneReopened: ['milestoneId'],
  MilestoneDropped: ['milestoneId'],
  ActionCommitted: action,
  ActionCompleted: ['actionId', 'completedOn'],
  ActionDropped: ['actionId'],
  ResourceIdentified: ['resourceId', 'kind', 'budget.amount', 'budget.currency'],
  ResourceAllocated: ['resourceId', 'to', 'amount.amount', 'amount.currency'],
  ResourceReleased: ['resourceId', 'to'],
  BarrierIdentified: ['barrierId', 'category', 'severity', 'affects'],
  BarrierStrategyAgreed: ['barrierId', 'strategyId'],
  BarrierResolved: ['barrierId', 'resolvedOn'],
  BarrierReopened: ['barrierId'],
  CheckInScheduled: ['checkInId', 'scheduledFor'],
  CheckInRescheduled: ['checkInId', 'scheduledFor'],
  CheckInHeld: ['checkInId', 'heldAt', 'confidence'],
  CheckInMissed: ['checkInId', 'by'],
  PlanAgreed: ['revision', 'agreedBy', 'effectiveOn'],
  PlanAdapted: [
    'revision',
    'baseRevision',
    'reasonCode',
    'triggeredBy',
    'agreedBy',
    'sponsorInformed',
    'effectiveOn',
    'changes[].op',
    'changes[].goalId',
    'changes[].milestoneId',
    'changes[].actionId',
    'changes[].resourceId',
    'changes[].outcome',
    ...inGoal(goal),
    ...inMilestone(milestone),
    ...inAction(action),
    // Where the old and the new value are themselves a date, a number, a party or a list of ids.
    'changes[].from',
    'changes[].to',
    'changes[].from.startOn',
    'changes[].from.dueOn',
    'changes[].to.startOn',
    'changes[].to.dueOn',
    'changes[].from.measure.baseline',
    'changes[].from.measure.target',
    'changes[].from.measure.direction',
    'changes[].to.measure.baseline',
    'changes[].to.measure.target',
    'changes[].to.measure.direction',
    'changes[].from.attainmentScale[].level',
    'changes[].to.attainmentScale[].level',
    'changes[].from.budget.amount',
    'changes[].from.budget.currency',
    'changes[].to.budget.amount',
    'changes[].to.budget.currency',
  ],
  AchievementCelebrated: ['celebrationId', 'about'],
  SetbackRecorded: ['setbackId'],
  LessonLearned: ['setbackId'],
  NoteRecorded: null,
  ParticipantRegistered: ['participantId', 'kind'],
  ParticipantUpdated: [],
};

/** The types of events that other systems can get. */
export const publishedTypes: readonly EventType[] = (Object.keys(published) as EventType[]).filter(
  (type) => published[type] !== null,
);
