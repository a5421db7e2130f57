import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Declines a goal that the sponsor proposed. */
export type RejectGoal = EngagementEventData['GoalRejected'];

export const rejectGoal: CommandRule<RejectGoal> = {
  by: ['client'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  decide: (state, data) =>
    mustBe('goal', state.goals[data.goalId]?.lifecycle, ['proposed'], 'rejected') ?? [{ type: 'GoalRejected', data }],
};
