import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Puts an active goal aside for a while; it no longer counts towards the cap. */
export type PutGoalOnHold = EngagementEventData['GoalPutOnHold'];

export const putGoalOnHold: CommandRule<PutGoalOnHold> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  decide: (state, data) =>
    mustBe('goal', state.goals[data.goalId]?.lifecycle, ['active'], 'put on hold') ?? [{ type: 'GoalPutOnHold', data }],
};
