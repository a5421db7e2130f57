import { NoFields, Reason } from '../bodies/common';
import {
  AbandonGoalBody,
  AchieveGoalBody,
  GoalBody,
  PrioritiseGoalsBody,
  RecordProgressBody,
  ScoreAttainmentBody,
} from '../bodies/goals';
import { type CommandRoute, onEngagement } from '../route';

export const goalRoutes: readonly CommandRoute[] = [
  onEngagement('SetGoal', 'goals', GoalBody, {
    summary: 'Set a SMART goal; sent by the sponsor, propose one',
    makes: 'goalId',
  }),
  onEngagement('PrioritiseGoals', 'goals/priorities', PrioritiseGoalsBody, { summary: 'Put the open goals in order' }),
  onEngagement('AcceptGoal', 'goals/:goalId/accept', NoFields, { summary: 'Accept a proposed goal' }),
  onEngagement('RejectGoal', 'goals/:goalId/reject', Reason, { summary: 'Reject a proposed goal' }),
  onEngagement('PutGoalOnHold', 'goals/:goalId/hold', Reason, { summary: 'Put a goal aside for a while' }),
  onEngagement('ResumeGoal', 'goals/:goalId/resume', NoFields, { summary: 'Take a goal up again' }),
  onEngagement('AchieveGoal', 'goals/:goalId/achieve', AchieveGoalBody, {
    summary: 'Achieve a goal, and say what becomes of its open milestones',
  }),
  onEngagement('AbandonGoal', 'goals/:goalId/abandon', AbandonGoalBody, {
    summary: 'Abandon a goal, and say what becomes of its open milestones',
  }),
  onEngagement('RecordProgress', 'goals/:goalId/progress', RecordProgressBody, {
    summary: "Record an observed value of the goal's measure",
  }),
  onEngagement('ScoreAttainment', 'goals/:goalId/attainment', ScoreAttainmentBody, {
    summary: 'Score the goal on its attainment scale',
  }),
];
