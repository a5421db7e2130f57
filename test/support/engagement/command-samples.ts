import type { CommandKind, EngagementCommands } from '../../../src/engagement/commands';
import { action, goal, ids, milestone } from './samples';
import { id, people, type Person } from './scenario';

type Sample<K extends CommandKind> = { readonly data: EngagementCommands[K]; readonly by?: Person };

const { client, coach } = people;

/** One well-formed command of each kind, about the things of `planned`; not each is possible there. */
export const commandSamples: { readonly [K in CommandKind]: Sample<K> } = {
  ProposeEngagement: {
    data: {
      engagementId: ids.engagement,
      clientId: client.id,
      coachId: coach.id,
      sponsorId: people.sponsor.id,
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      checkInEveryDays: 14,
    },
  },
  SignAgreement: { data: { party: 'coach', discloses: null } },
  StartEngagement: { data: {} },
  PauseEngagement: { data: { reason: 'Holidays' } },
  ResumeEngagement: { data: {} },
  CompleteEngagement: { data: { summary: 'All is done' } },
  ExtendEngagement: { data: { endsOn: '2027-03-31', reason: 'More time' } },
  EndEngagementEarly: { data: { reason: 'Moved away' } },
  ReopenEngagement: { data: { reason: 'Came back' } },
  ReassignCoach: { data: { coachId: id(0xb2), reason: 'Parental leave' } },
  ArticulateVision: { data: { vision: 'A researcher', values: ['honesty'], interests: [], aspirations: [] } },
  SetGoal: { data: goal({ goalId: ids.secondGoal }) },
  AcceptGoal: { data: { goalId: ids.proposedGoal }, by: client },
  RejectGoal: { data: { goalId: ids.proposedGoal, reason: 'Not mine' }, by: client },
  PutGoalOnHold: { data: { goalId: ids.goal, reason: 'Later' } },
  ResumeGoal: { data: { goalId: ids.goal } },
  AchieveGoal: {
    data: {
      goalId: ids.goal,
      achievedOn: '2026-03-10',
      reflection: 'It took patience',
      milestones: { [ids.milestone]: 'reached' },
    },
  },
  AbandonGoal: {
    data: { goalId: ids.goal, reason: 'No longer', notAttainable: false, milestones: { [ids.milestone]: 'dropped' } },
  },
  PrioritiseGoals: { data: { order: [ids.goal] } },
  RecordProgress: {
    data: { goalId: ids.goal, value: 3, observedOn: '2026-03-01', rater: 'coach', note: null, corrects: null },
  },
  ScoreAttainment: {
    data: { goalId: ids.goal, level: -1, observedOn: '2026-03-01', rater: 'coach', corrects: null },
  },
  PlanMilestone: { data: milestone({ milestoneId: ids.secondMilestone, order: 1 }) },
  ReachMilestone: { data: { milestoneId: ids.milestone, reachedOn: '2026-03-10', evidence: 'The CV' } },
  MissMilestone: { data: { milestoneId: ids.milestone, reason: null } },
  ReopenMilestone: { data: { milestoneId: ids.milestone, reason: 'Not quite' } },
  DropMilestone: { data: { milestoneId: ids.milestone, reason: 'Not needed' } },
  CommitAction: { data: action({ actionId: ids.secondAction }) },
  CompleteAction: { data: { actionId: ids.action, completedOn: '2026-03-10' } },
  DropAction: { data: { actionId: ids.action, reason: 'Not needed' } },
  IdentifyResource: { data: { resourceId: id(0x41), kind: 'tool', description: 'A printer', budget: null } },
  AllocateResource: {
    data: { resourceId: ids.resource, to: ids.milestone, amount: { amount: '200.00', currency: 'EUR' } },
  },
  ReleaseResource: { data: { resourceId: ids.resource, to: null, reason: 'Not needed' } },
  IdentifyBarrier: {
    data: { barrierId: id(0x52), category: 'internal', description: 'Doubt', severity: 2, affects: [ids.goal] },
  },
  AgreeBarrierStrategy: {
    data: { barrierId: ids.barrier, strategyId: ids.strategy, description: 'One hour every morning' },
  },
  ResolveBarrier: { data: { barrierId: ids.barrier, outcome: 'Time was found', resolvedOn: '2026-03-10' } },
  ReopenBarrier: { data: { barrierId: ids.barrier, reason: 'It is back' } },
  ScheduleCheckIn: { data: { checkInId: id(0x61), scheduledFor: '2026-04-01T10:00:00.000Z' } },
  RescheduleCheckIn: {
    data: { checkInId: ids.checkIn, scheduledFor: '2026-03-20T10:00:00.000Z', reason: 'Illness' },
  },
  HoldCheckIn: {
    data: { checkInId: ids.checkIn, heldAt: '2026-03-09T10:05:00.000Z', summary: 'Good progress', confidence: 8 },
  },
  MissCheckIn: { data: { checkInId: ids.checkIn, by: 'client', reason: null } },
  AgreePlan: { data: { agreedBy: ['client', 'coach'] } },
  AdaptPlan: {
    data: {
      baseRevision: 1,
      reasonCode: 'circumstances',
      reasonText: 'A new job',
      triggeredBy: null,
      changes: [{ op: 'goal-reweighted', goalId: ids.goal, from: 1, to: 2 }],
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      effectiveOn: '2026-03-10',
    },
  },
  CelebrateAchievement: { data: { celebrationId: ids.celebration, about: ids.goal, how: 'A dinner' } },
  RecordSetback: { data: { setbackId: ids.setback, description: 'A rejection', lesson: 'Ask for feedback' } },
  RecordNote: { data: { noteId: ids.note, visibility: 'coach-private', text: 'Seems tired', about: null } },
};
