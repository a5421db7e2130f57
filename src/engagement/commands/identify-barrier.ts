import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { firstRefusal, unknownSubject } from './checks/references';

/** Names an obstacle, how severe it is and what it affects. */
export type IdentifyBarrier = EngagementEventData['BarrierIdentified'];

export const identifyBarrier: CommandRule<IdentifyBarrier> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  makes: 'barrierId',
  decide: (state, data) =>
    firstRefusal(data.affects, (id, index) => unknownSubject(state, id, `affects[${index}]`)) ?? [
      { type: 'BarrierIdentified', data },
    ],
};
