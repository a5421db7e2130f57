import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { beforeLastChange } from './checks/dates';

/** Ends the engagement before its time; any party may (rule 1). */
export type EndEngagementEarly = EngagementEventData['EngagementEndedEarly'];

export const endEngagementEarly: CommandRule<EndEngagementEarly> = {
  by: ['client', 'coach', 'sponsor', 'admin'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  decide: (state, data, context) => beforeLastChange(state, context) ?? [{ type: 'EngagementEndedEarly', data }],
};
