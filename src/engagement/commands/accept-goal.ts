import { type CommandRule, refuse } from '../decision';
import { goalDetails } from '../engagement';
import type { Id } from '../values';
import { tooManyActiveGoals } from './checks/goals';
import { mustBe, notFound } from './checks/states';

/** Takes on a goal that the sponsor proposed; only the client can (rule 2). */
export type AcceptGoal = { readonly goalId: Id };

export const acceptGoal: CommandRule<AcceptGoal> = {
  by: ['client'],
  possible: ['before-start'],
  altersPlan: 'goal-added',
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  forbids: (_state, _data, { actor }) =>
    actor.role === 'coach' || actor.role === 'sponsor'
      ? refuse('forbidden', 'A proposed goal is accepted by the client, or by an adaptation that both agreed.', {
          rule: 2,
        })
      : undefined,
  decide: (state, { goalId }, context) => {
    const goal = state.goals[goalId];
    if (!goal) return notFound('goal');
    return (
      mustBe('goal', goal.lifecycle, ['proposed'], 'accepted') ??
      tooManyActiveGoals(state, context.settings.activeGoalCap, 1) ?? [{ type: 'GoalSet', data: goalDetails(goal) }]
    );
  },
};
