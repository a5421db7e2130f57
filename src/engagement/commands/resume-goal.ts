import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { tooManyActiveGoals } from './checks/goals';
import { mustBe } from './checks/states';

/** Takes up again a goal that was put on hold. */
export type ResumeGoal = EngagementEventData['GoalResumed'];

export const resumeGoal: CommandRule<ResumeGoal> = {
  by: ['client', 'coach'],
  possible: [],
  altersPlan: null,
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  decide: (state, data, context) =>
    mustBe('goal', state.goals[data.goalId]?.lifecycle, ['on-hold'], 'resumed') ??
    tooManyActiveGoals(state, context.settings.activeGoalCap, 1) ?? [{ type: 'GoalResumed', data }],
};
