import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { inTheFuture } from './checks/dates';
import { mustBe } from './checks/states';

/** Says that a milestone was reached, and on which day. */
export type ReachMilestone = EngagementEventData['MilestoneReached'];

export const reachMilestone: CommandRule<ReachMilestone> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ milestoneId }) => ({ kind: 'milestones', id: milestoneId }),
  decide: (state, data, context) =>
    mustBe('milestone', state.milestones[data.milestoneId]?.state, ['planned', 'missed'], 'reached') ??
    inTheFuture(data.reachedOn, context, 'reachedOn') ?? [{ type: 'MilestoneReached', data }],
};
