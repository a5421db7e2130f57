import type { CommandRule } from '../decision';
import { stateOf } from '../engagement';
import type { EngagementEventData } from '../events';
import { beforeLastChange } from './checks/dates';
import { mustBe } from './checks/states';

/** Opens an engagement that has ended: to coaching, or to its preparation where it never started. */
export type ReopenEngagement = EngagementEventData['EngagementReopened'];

export const reopenEngagement: CommandRule<ReopenEngagement> = {
  by: ['coach', 'admin'],
  possible: ['while-paused', 'after-end'],
  altersPlan: null,
  decide: (state, data, context) =>
    mustBe('engagement', stateOf(state), ['completed', 'ended-early'], 'reopened') ??
    beforeLastChange(state, context) ?? [{ type: 'EngagementReopened', data }],
};
