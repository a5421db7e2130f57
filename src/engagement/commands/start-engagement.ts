import { type CommandRule, refuse, type Refusal } from '../decision';
import { type Engagement, missingSignatures, stateOf } from '../engagement';
import { beforeLastChange } from './checks/dates';
import { mustBe } from './checks/states';

/** Begins the coaching, once every party has signed (rule 1). */
export type StartEngagement = Readonly<Record<string, never>>;

export const startEngagement: CommandRule<StartEngagement> = {
  by: ['coach', 'admin'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  decide: (state, _data, context) =>
    mustBe('engagement', stateOf(state), ['proposed', 'agreed'], 'started') ??
    notSigned(state) ??
    beforeLastChange(state, context) ?? [{ type: 'EngagementStarted', data: {} }],
};

function notSigned(state: Engagement): Refusal | undefined {
  const missing = missingSignatures(state);
  if (missing.length === 0) return undefined;
  return refuse('agreement-not-signed', `Not yet signed by ${missing.join(' and ')}: sign first (POST …/agreement).`);
}
