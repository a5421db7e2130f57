import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';

/** Sets the time of a check-in. */
export type ScheduleCheckIn = EngagementEventData['CheckInScheduled'];

export const scheduleCheckIn: CommandRule<ScheduleCheckIn> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  makes: 'checkInId',
  decide: (_state, data) => [{ type: 'CheckInScheduled', data }],
};
