import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Says that a check-in did not take place, and who was not there. */
export type MissCheckIn = EngagementEventData['CheckInMissed'];

export const missCheckIn: CommandRule<MissCheckIn> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ checkInId }) => ({ kind: 'checkIns', id: checkInId }),
  decide: (state, data) =>
    mustBe('check-in', state.checkIns[data.checkInId]?.state, ['scheduled'], 'missed') ?? [
      { type: 'CheckInMissed', data },
    ],
};
