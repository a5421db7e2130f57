import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';

/** Says what the client wants to become, and what matters to them; the newest counts. */
export type ArticulateVision = EngagementEventData['CareerVisionArticulated'];

export const articulateVision: CommandRule<ArticulateVision> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  decide: (_state, data) => [{ type: 'CareerVisionArticulated', data }],
};
