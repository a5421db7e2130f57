import { both, type DueKind } from './due-kind';

const HOURS_60 = 60 * 3_600_000;

/** A check-in that is near; on which day it is "tomorrow" is a matter of the recipient's time zone. */
export const checkInTomorrow: DueKind = {
  rule: 'check-in-tomorrow',
  to: both,
  find: ({ checkIns }, { now }) =>
    Object.values(checkIns)
      .filter(({ state, scheduledFor }) => {
        const ahead = Date.parse(scheduledFor) - Date.parse(now);
        return state === 'scheduled' && ahead > 0 && ahead < HOURS_60;
      })
      .map(({ checkInId, scheduledFor }) => ({ about: checkInId, on: scheduledFor, title: null, owner: null })),
};
