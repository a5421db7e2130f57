import type { EngagementEvent, EngagementEventData, EngagementEventType } from '../events';
import type { Disclosable, Id, ReasonCode } from '../values';
import { changeSentence } from './change-sentence';
import {
  capitalised,
  counted,
  level,
  moment,
  money,
  named,
  noTitles,
  parties,
  quoted,
  type Titles,
  uncapitalised,
} from './words';

type Sentences = {
  readonly [T in EngagementEventType]: (data: EngagementEventData[T], titles: Titles) => string;
};

const goal = (id: Id, titles: Titles): string => named('goal', titles(id));
const milestone = (id: Id, titles: Titles): string => named('milestone', titles(id));
const action = (id: Id, titles: Titles): string => named('action', titles(id));
const resource = (id: Id, titles: Titles): string => named('resource', titles(id));

const because: Readonly<Record<ReasonCode, string>> = {
  circumstances: 'because circumstances changed',
  opportunity: 'because of an opportunity',
  barrier: 'because of a barrier',
  setback: 'because of a setback',
  learning: 'because of what was learned',
  reprioritised: 'because priorities changed',
  'sponsor-request': 'at the request of the sponsor',
  'data-correction': 'to correct data',
};

/** How many of an adaptation's changes are told in its sentence. */
const CHANGES_TOLD = 3;

const sentences: Sentences = {
  EngagementProposed: ({ startsOn, endsOn }) => `the engagement was proposed, from ${startsOn} to ${endsOn}`,
  AgreementSigned: ({ party, discloses }) => `the ${party} signed the agreement${disclosing(discloses)}`,
  EngagementStarted: () => 'the engagement started',
  EngagementPaused: () => 'the engagement was paused',
  EngagementResumed: () => 'the engagement was resumed',
  EngagementExtended: ({ endsOn }) => `the engagement was extended to ${endsOn}`,
  CoachReassigned: () => 'the engagement was given to another coach',
  EngagementCompleted: () => 'the engagement was completed',
  EngagementEndedEarly: () => 'the engagement was ended early',
  EngagementReopened: () => 'the engagement was reopened',

  CareerVisionArticulated: () => 'the career vision was put into words',

  GoalProposed: ({ specific, dueOn }) => `goal ${quoted(specific)} was proposed by the sponsor, due ${dueOn}`,
  GoalSet: ({ specific, dueOn }) => `goal ${quoted(specific)} was set, due ${dueOn}`,
  GoalRejected: ({ goalId }, titles) => `${goal(goalId, titles)} was rejected by the client`,
  GoalPutOnHold: ({ goalId }, titles) => `${goal(goalId, titles)} was put on hold`,
  GoalResumed: ({ goalId }, titles) => `${goal(goalId, titles)} was resumed`,
  GoalAchieved: ({ goalId, achievedOn }, titles) => `${goal(goalId, titles)} was achieved on ${achievedOn}`,
  GoalAbandoned: ({ goalId, notAttainable }, titles) =>
    `${goal(goalId, titles)} was abandoned${notAttainable ? ' as not attainable' : ''}`,
  GoalsPrioritised: ({ order }, titles) =>
    order[0] === undefined
      ? 'the goals were prioritised'
      : `the goals were prioritised: first ${goal(order[0], titles)}`,
  ProgressRecorded: ({ goalId, value, observedOn, rater, corrects }, titles) =>
    `the ${rater} ${corrects === null ? 'observed' : 'corrected an observation to'} ${value} ` +
    `for ${goal(goalId, titles)} on ${observedOn}`,
  GoalAttainmentScored: ({ goalId, level: scored, observedOn, rater, corrects }, titles) =>
    `the ${rater} ${corrects === null ? 'scored' : 'corrected the score of'} ${goal(goalId, titles)} ` +
    `${corrects === null ? 'at' : 'to'} ${level(scored)} on ${observedOn}`,

  MilestonePlanned: ({ title, goalId, dueOn }, titles) =>
    `milestone ${quoted(title)} of ${goal(goalId, titles)} was planned, due ${dueOn}`,
  MilestoneReached: ({ milestoneId, reachedOn }, titles) =>
    `${milestone(milestoneId, titles)} was reached on ${reachedOn}`,
  MilestoneMissed: ({ milestoneId }, titles) => `${milestone(milestoneId, titles)} was missed`,
  MilestoneReopened: ({ milestoneId }, titles) => `${milestone(milestoneId, titles)} was reopened`,
  MilestoneDropped: ({ milestoneId }, titles) => `${milestone(milestoneId, titles)} was dropped`,

  ActionCommitted: ({ title, owner, milestoneId, dueOn }, titles) =>
    `the ${owner} committed to action ${quoted(title)} for ${milestone(milestoneId, titles)}, due ${dueOn}`,
  ActionCompleted: ({ actionId, completedOn }, titles) => `${action(actionId, titles)} was completed on ${completedOn}`,
  ActionDropped: ({ actionId }, titles) => `${action(actionId, titles)} was dropped`,

  ResourceIdentified: ({ kind, description, budget }) =>
    `${kind} resource ${quoted(description)} was identified${budget === null ? '' : ` with a budget of ${money(budget)}`}`,
  ResourceAllocated: ({ resourceId, to, amount }, titles) =>
    `${amount === null ? '' : `${money(amount)} of `}${resource(resourceId, titles)} ` +
    `was allocated${titled(' to', titles(to))}`,
  ResourceReleased: ({ resourceId, to }, titles) =>
    `${resource(resourceId, titles)} was released${to === null ? '' : titled(' from', titles(to))}`,

  BarrierIdentified: ({ category, severity }) =>
    `${named(`${category} barrier`, undefined)} of severity ${severity} was identified`,
  BarrierStrategyAgreed: ({ description }) => `a strategy against a barrier was agreed: ${quoted(description)}`,
  BarrierResolved: ({ resolvedOn }) => `a barrier was resolved on ${resolvedOn}`,
  BarrierReopened: () => 'a barrier was reopened',

  CheckInScheduled: ({ scheduledFor }) => `a check-in was scheduled for ${moment(scheduledFor)}`,
  CheckInRescheduled: ({ scheduledFor }) => `a check-in was rescheduled to ${moment(scheduledFor)}`,
  CheckInHeld: ({ heldAt }) => `a check-in was held on ${moment(heldAt)}`,
  CheckInMissed: ({ by }) => `a check-in was missed by the ${by}`,

  PlanAgreed: ({ revision, agreedBy }) => `the plan was agreed by ${parties(agreedBy)}, as revision ${revision}`,
  PlanAdapted: ({ revision, reasonCode, changes }, titles) => {
    const told = changes.slice(0, CHANGES_TOLD).map((change) => uncapitalised(changeSentence(change, titles)));
    const untold = changes.length - told.length;
    const all = untold === 0 ? told : [...told, `and ${counted(untold, 'more change')}`];
    return `the plan was adapted to revision ${revision} ${because[reasonCode]}: ${all.join('; ')}`;
  },

  AchievementCelebrated: ({ about }, titles) => `an achievement was celebrated${titled(':', titles(about))}`,
  SetbackRecorded: () => 'a setback was recorded',
  LessonLearned: () => 'a lesson was drawn from a setback',
  NoteRecorded: ({ visibility }) =>
    visibility === 'shared' ? 'the coach wrote a note for the client too' : 'the coach wrote a private note',
};

/**
 * What happened in words, without a full stop. Names people by their role and carries plan text only, never personal
 * text; `titles` says what the things are called that the event itself only names by their ids.
 */
export function eventSentence(event: EngagementEvent, titles: Titles = noTitles): string {
  const sentence = sentences[event.type] as (data: EngagementEvent['data'], titles: Titles) => string;
  return capitalised(sentence(event.data, titles));
}

function disclosing(discloses: readonly Disclosable[] | null): string {
  return discloses === null || discloses.length === 0 ? '' : `, disclosing to a sponsor: ${discloses.join(', ')}`;
}

function titled(before: string, title: string | undefined): string {
  return title === undefined ? '' : `${before} ${quoted(title)}`;
}
