import { type CommandRule, refuse } from '../decision';
import type { EngagementEventData } from '../events';

/** Moves the end of the engagement to a later day. */
export type ExtendEngagement = EngagementEventData['EngagementExtended'];

export const extendEngagement: CommandRule<ExtendEngagement> = {
  by: ['coach', 'admin'],
  possible: [],
  altersPlan: null,
  decide: (state, data) => {
    if (data.endsOn > state.endsOn) return [{ type: 'EngagementExtended', data }];
    const detail = `The engagement ends on ${state.endsOn} already: give an endsOn after that day.`;
    return refuse('dates-out-of-order', detail, { path: 'endsOn' });
  },
};
