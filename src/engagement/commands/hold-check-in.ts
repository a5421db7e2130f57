import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { laterThanNow } from './checks/dates';
import { mustBe } from './checks/states';

/** Records a check-in that took place. */
export type HoldCheckIn = EngagementEventData['CheckInHeld'];

export const holdCheckIn: CommandRule<HoldCheckIn> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ checkInId }) => ({ kind: 'checkIns', id: checkInId }),
  decide: (state, data, context) =>
    mustBe('check-in', state.checkIns[data.checkInId]?.state, ['scheduled'], 'held') ??
    laterThanNow(data.heldAt, context, 'heldAt') ?? [{ type: 'CheckInHeld', data }],
};
