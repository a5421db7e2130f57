import { dayOf } from '../../engagement/calendar';
import { coachAlone, type DueKind } from './due-kind';

/** The day of a check-in is over, and nobody has said whether it was held. */
export const checkInUnrecorded: DueKind = {
  rule: 'check-in-unrecorded',
  to: coachAlone,
  find: ({ checkIns, phase }, { today, settings }) =>
    phase.status !== 'active' && phase.status !== 'paused'
      ? []
      : Object.values(checkIns)
          .filter(({ state, scheduledFor }) => state === 'scheduled' && dayOf(scheduledFor, settings.timeZone) < today)
          .map(({ checkInId, scheduledFor }) => ({ about: checkInId, on: scheduledFor, title: null, owner: null })),
};
