import type { CommandRule } from '../decision';
import type { Id } from '../values';
import { type Fates, fateEvents, incompleteFates, unknownFates } from './checks/goals';
import { mustBe } from './checks/states';

/** Gives a goal up, together with what becomes of each of its open milestones (rule 5). */
export type AbandonGoal = {
  readonly goalId: Id;
  readonly reason: string;
  readonly notAttainable: boolean;
  /** Null when there are none. */
  readonly milestones: Fates | null;
};

export const abandonGoal: CommandRule<AbandonGoal> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: 'goal-dropped',
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  decide: (state, { goalId, reason, notAttainable, milestones }, context) => {
    const fates = milestones ?? {};
    return (
      unknownFates(state, fates) ??
      mustBe('goal', state.goals[goalId]?.lifecycle, ['active', 'on-hold'], 'abandoned') ??
      incompleteFates(state, goalId, fates) ?? [
        ...fateEvents(state, goalId, fates, context.occurredOn),
        { type: 'GoalAbandoned', data: { goalId, reason, notAttainable, milestones: fates } },
      ]
    );
  },
};
