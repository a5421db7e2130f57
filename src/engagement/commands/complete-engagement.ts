import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { beforeLastChange } from './checks/dates';

/** Ends the coaching as planned. Open goals stay as they are. */
export type CompleteEngagement = EngagementEventData['EngagementCompleted'];

export const completeEngagement: CommandRule<CompleteEngagement> = {
  by: ['coach', 'admin'],
  possible: ['while-paused'],
  altersPlan: null,
  decide: (state, data, context) => beforeLastChange(state, context) ?? [{ type: 'EngagementCompleted', data }],
};
