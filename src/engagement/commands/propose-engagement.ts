import { type CommandRule, refuse } from '../decision';
import type { Engagement } from '../engagement';
import type { EngagementEventData } from '../events';

/** Opens the record of an engagement, to be prepared and signed. */
export type ProposeEngagement = EngagementEventData['EngagementProposed'];

export const proposeEngagement: CommandRule<ProposeEngagement, Engagement | null> = {
  by: ['coach', 'admin'],
  possible: [],
  altersPlan: null,
  makes: 'engagementId',
  decide: (state, data) => {
    if (state) {
      const detail = `The id ${data.engagementId} is taken: choose another, or leave it out.`;
      return refuse('already-exists', detail, { path: 'engagementId' });
    }
    if (data.endsOn < data.startsOn) {
      const detail = `endsOn ${data.endsOn} is before startsOn ${data.startsOn}: give a later endsOn.`;
      return refuse('dates-out-of-order', detail, { path: 'endsOn' });
    }
    return [{ type: 'EngagementProposed', data }];
  },
};
