import type { CommandRule } from '../decision';
import type { MilestoneDetails } from '../values';
import { milestoneDates } from './checks/dates';
import { placeOf } from './checks/places';
import { unknown } from './checks/references';
import { mustBe } from './checks/states';

/** Plans a step towards a goal. `order` null: after the others. */
export type PlanMilestone = Omit<MilestoneDetails, 'order'> & { readonly order: number | null };

export const planMilestone: CommandRule<PlanMilestone> = {
  by: ['client', 'coach'],
  possible: ['before-start'],
  altersPlan: 'milestone-added',
  makes: 'milestoneId',
  decide: (state, data) => {
    const goal = state.goals[data.goalId];
    return (
      unknown(state, ['goals'], data.goalId, 'goalId') ??
      mustBe('goal', goal?.lifecycle, ['active', 'on-hold'], 'given a milestone', 'goalId') ??
      (goal && milestoneDates(data, goal)) ?? [
        { type: 'MilestonePlanned', data: { ...data, order: placeOf(state, data) } },
      ]
    );
  },
};
