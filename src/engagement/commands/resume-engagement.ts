import type { CommandRule } from '../decision';
import { stateOf } from '../engagement';

import { beforeLastChange } from './checks/dates';
import { mustBe } from './checks/states';

/** Goes on with the coaching after a pause. */
export type ResumeEngagement = Readonly<Record<string, never>>;

export const resumeEngagement: CommandRule<ResumeEngagement> = {
  by: ['coach', 'admin'],
  possible: ['while-paused'],
  altersPlan: null,
  decide: (state, data, context) =>
    mustBe('engagement', stateOf(state), ['paused'], 'resumed') ??
    beforeLastChange(state, context) ?? [{ type: 'EngagementResumed', data }],
};
