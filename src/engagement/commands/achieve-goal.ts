import type { CommandRule } from '../decision';
import type { Id, IsoDate } from '../values';
import { inTheFuture } from './checks/dates';
import { type Fates, fateEvents, incompleteFates, unknownFates } from './checks/goals';
import { mustBe } from './checks/states';

/** Reaches a goal, together with what becomes of each of its open milestones (rule 5). */
export type AchieveGoal = {
  readonly goalId: Id;
  readonly achievedOn: IsoDate;
  readonly reflection: string | null;
  /** Null when there are none. */
  readonly milestones: Fates | null;
};

export const achieveGoal: CommandRule<AchieveGoal> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  decide: (state, { goalId, achievedOn, reflection, milestones }, context) => {
    const fates = milestones ?? {};
    return (
      unknownFates(state, fates) ??
      mustBe('goal', state.goals[goalId]?.lifecycle, ['active', 'on-hold'], 'achieved') ??
      incompleteFates(state, goalId, fates) ??
      inTheFuture(achievedOn, context, 'achievedOn') ?? [
        ...fateEvents(state, goalId, fates, achievedOn),
        { type: 'GoalAchieved', data: { goalId, achievedOn, reflection, milestones: fates } },
      ]
    );
  },
};
