import type { CommandRule } from '../decision';
import { stateOf } from '../engagement';
import type { EngagementEventData } from '../events';
import { beforeLastChange } from './checks/dates';
import { mustBe } from './checks/states';

/** Lets the coaching rest; its days don't count as active. */
export type PauseEngagement = EngagementEventData['EngagementPaused'];

export const pauseEngagement: CommandRule<PauseEngagement> = {
  by: ['coach', 'admin'],
  possible: ['while-paused'],
  altersPlan: null,
  decide: (state, data, context) =>
    mustBe('engagement', stateOf(state), ['active'], 'paused') ??
    beforeLastChange(state, context) ?? [{ type: 'EngagementPaused', data }],
};
