import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Takes back that a milestone was reached or missed, while its goal is still open. */
export type ReopenMilestone = EngagementEventData['MilestoneReopened'];

export const reopenMilestone: CommandRule<ReopenMilestone> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ milestoneId }) => ({ kind: 'milestones', id: milestoneId }),
  decide: (state, data) => {
    const milestone = state.milestones[data.milestoneId];
    const goal = milestone && state.goals[milestone.goalId];
    return (
      mustBe('milestone', milestone?.state, ['reached', 'missed'], 'reopened') ??
      mustBe('goal', goal?.lifecycle, ['active', 'on-hold'], 'given back a milestone') ?? [
        { type: 'MilestoneReopened', data },
      ]
    );
  },
};
