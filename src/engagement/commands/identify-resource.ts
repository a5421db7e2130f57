import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';

/** Names something that helps: a skill, a contact, money, time or a tool. */
export type IdentifyResource = EngagementEventData['ResourceIdentified'];

export const identifyResource: CommandRule<IdentifyResource> = {
  by: ['client', 'coach'],
  possible: ['before-start'],
  altersPlan: null,
  makes: 'resourceId',
  decide: (_state, data) => [{ type: 'ResourceIdentified', data }],
};
