import { type Context, type CommandRule, refuse } from '../decision';
import type { GoalDetails } from '../values';
import { goalDates } from './checks/dates';
import { tooManyActiveGoals } from './checks/goals';

/** Sets a goal with all five SMART parts. Sent by the sponsor it is a proposal only (rule 2). */
export type SetGoal = GoalDetails;

export const setGoal: CommandRule<SetGoal> = {
  by: ['client', 'coach', 'sponsor'],
  possible: (_state, _data, context) => (isProposal(context) ? ['before-start', 'while-paused'] : ['before-start']),
  altersPlan: (_data, context) => (isProposal(context) ? null : 'goal-added'),
  makes: 'goalId',
  forbids: (_state, { source }, context) =>
    isProposal(context) && source !== 'sponsor'
      ? refuse('forbidden', 'A sponsor proposes goals of their own only: send the goal with the source sponsor.', {
          rule: 2,
          path: 'source',
        })
      : undefined,
  decide: (state, data, context) => {
    if (isProposal(context)) return goalDates(state, data) ?? [{ type: 'GoalProposed', data }];
    return (
      tooManyActiveGoals(state, context.settings.activeGoalCap, 1) ??
      goalDates(state, data) ?? [{ type: 'GoalSet', data }]
    );
  },
};

/** Who sends decides, not the goal's source. */
function isProposal({ actor }: Context): boolean {
  return actor.role === 'sponsor';
}
