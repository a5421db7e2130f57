import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Says that a milestone was not reached in time; it stays open. */
export type MissMilestone = EngagementEventData['MilestoneMissed'];

export const missMilestone: CommandRule<MissMilestone> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ milestoneId }) => ({ kind: 'milestones', id: milestoneId }),
  decide: (state, data) =>
    mustBe('milestone', state.milestones[data.milestoneId]?.state, ['planned'], 'missed') ?? [
      { type: 'MilestoneMissed', data },
    ],
};
