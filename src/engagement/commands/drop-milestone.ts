import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Takes a milestone out of the plan, with its open actions. */
export type DropMilestone = EngagementEventData['MilestoneDropped'];

export const dropMilestone: CommandRule<DropMilestone> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: 'milestone-dropped',
  subject: ({ milestoneId }) => ({ kind: 'milestones', id: milestoneId }),
  decide: (state, data) =>
    mustBe('milestone', state.milestones[data.milestoneId]?.state, ['planned', 'missed'], 'dropped') ?? [
      { type: 'MilestoneDropped', data },
    ],
};
