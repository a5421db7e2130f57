import type { CommandRule } from '../decision';
import { stateOf } from '../engagement';
import type { EngagementEventData } from '../events';
import { beforeLastChange } from './checks/dates';
import { mustBe } from './checks/states';

/** Ends the engagement before its time; any party may (rule 1). */
export type EndEngagementEarly = EngagementEventData['EngagementEndedEarly'];

export const endEngagementEarly: CommandRule<EndEngagementEarly> = {
  by: ['client', 'coach', 'sponsor', 'admin'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  decide: (state, data, context) =>
    mustBe('engagement', stateOf(state), ['proposed', 'agreed', 'active', 'paused'], 'ended early') ??
    beforeLastChange(state, context) ?? [{ type: 'EngagementEndedEarly', data }],
};
