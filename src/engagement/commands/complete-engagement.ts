import type { CommandRule } from '../decision';
import { stateOf } from '../engagement';
import type { EngagementEventData } from '../events';
import { beforeLastChange } from './checks/dates';
import { mustBe } from './checks/states';

/** Ends the coaching as planned. Open goals stay as they are. */
export type CompleteEngagement = EngagementEventData['EngagementCompleted'];

export const completeEngagement: CommandRule<CompleteEngagement> = {
  by: ['coach', 'admin'],
  possible: ['while-paused'],
  altersPlan: null,
  decide: (state, data, context) =>
    mustBe('engagement', stateOf(state), ['active', 'paused'], 'completed') ??
    beforeLastChange(state, context) ?? [{ type: 'EngagementCompleted', data }],
};
