import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Moves a check-in to another time, also one that was missed. */
export type RescheduleCheckIn = EngagementEventData['CheckInRescheduled'];

export const rescheduleCheckIn: CommandRule<RescheduleCheckIn> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  subject: ({ checkInId }) => ({ kind: 'checkIns', id: checkInId }),
  decide: (state, data) =>
    mustBe('check-in', state.checkIns[data.checkInId]?.state, ['scheduled', 'missed'], 'rescheduled') ?? [
      { type: 'CheckInRescheduled', data },
    ],
};
