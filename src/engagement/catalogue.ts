import type { EngagementEventType } from './events';

/**
 * What is said beside each event type: the version of its shape, and which fields are text of a person or of the plan.
 * Both kinds can be erased with their person; personal text is hidden from auditors besides, plan text is not.
 * A path steps into objects with `.` and into every element of a list with `[]`.
 */
export type EventTypeInfo = {
  readonly schemaVersion: number;
  readonly personal: readonly string[];
  readonly plan: readonly string[];
};

const none: readonly string[] = [];
const goalText = [
  'specific',
  'measure.metric',
  'measure.unit',
  'attainmentScale[].description',
  'achievability.rationale',
  'relevance',
  'datesOverrideReason',
];
const type = (personal: readonly string[], plan: readonly string[], schemaVersion = 1): EventTypeInfo => ({
  schemaVersion,
  personal,
  plan,
});

const changeText = [
  ...goalText.map((path) => `goal.${path}`),
  'datesOverrideReason',
  ...['from', 'to'].flatMap((side) => [
    `${side}.measure.metric`,
    `${side}.measure.unit`,
    `${side}.attainmentScale[].description`,
    `${side}.specific`,
    `${side}.relevance`,
    `${side}.title`,
    `${side}.criterion`,
    `${side}.description`,
  ]),
  'milestone.title',
  'milestone.criterion',
  'action.title',
];

export const engagementCatalogue: Readonly<Record<EngagementEventType, EventTypeInfo>> = {
  EngagementProposed: type(none, none),
  AgreementSigned: type(none, none),
  EngagementStarted: type(none, none),
  EngagementPaused: type(none, ['reason']),
  EngagementResumed: type(none, none),
  EngagementExtended: type(none, ['reason']),
  CoachReassigned: type(none, ['reason']),
  EngagementCompleted: type(none, ['summary']),
  EngagementEndedEarly: type(none, ['reason']),
  EngagementReopened: type(none, ['reason']),
  CareerVisionArticulated: type(['vision', 'values', 'interests', 'aspirations'], none),
  GoalProposed: type(none, goalText),
  GoalSet: type(none, goalText),
  GoalRejected: type(none, ['reason']),
  GoalPutOnHold: type(none, ['reason']),
  GoalResumed: type(none, none),
  GoalAchieved: type(['reflection'], none),
  GoalAbandoned: type(none, ['reason']),
  GoalsPrioritised: type(none, none),
  ProgressRecorded: type(['note'], none),
  GoalAttainmentScored: type(none, none),
  MilestonePlanned: type(none, ['title', 'criterion']),
  MilestoneReached: type(['evidence'], none),
  MilestoneMissed: type(none, ['reason']),
  MilestoneReopened: type(none, ['reason']),
  MilestoneDropped: type(none, ['reason']),
  ActionCommitted: type(none, ['title']),
  ActionCompleted: type(none, none),
  ActionDropped: type(none, ['reason']),
  ResourceIdentified: type(none, ['description']),
  ResourceAllocated: type(none, none),
  ResourceReleased: type(none, ['reason']),
  BarrierIdentified: type(['description'], none),
  BarrierStrategyAgreed: type(none, ['description']),
  BarrierResolved: type(none, ['outcome']),
  BarrierReopened: type(none, ['reason']),
  CheckInScheduled: type(none, none),
  CheckInRescheduled: type(none, ['reason']),
  CheckInHeld: type(['summary'], none),
  CheckInMissed: type(none, ['reason']),
  PlanAgreed: type(none, none),
  PlanAdapted: type(none, ['reasonText', ...changeText.map((path) => `changes[].${path}`)]),
  AchievementCelebrated: type(none, ['how']),
  SetbackRecorded: type(['description'], none),
  LessonLearned: type(['lesson'], none),
  NoteRecorded: type(['text'], none),
};
