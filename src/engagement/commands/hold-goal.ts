import { refuse, type CommandRule } from '../decision';
import type { Id } from '../values';

/** Puts an active goal aside for a while; it no longer counts towards the cap. */
export type PutGoalOnHold = { readonly goalId: Id; readonly reason: string };

export const putGoalOnHold: CommandRule<PutGoalOnHold> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: false,
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  decide: (state, { goalId, reason }) => {
    const lifecycle = state.goals[goalId]?.lifecycle;
    return lifecycle === 'active'
      ? [{ type: 'GoalPutOnHold', data: { goalId, reason } }]
      : refuse('wrong-state', `The goal is ${String(lifecycle)}; only an active goal can be put on hold.`);
  },
};
