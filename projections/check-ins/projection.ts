import type { Projection } from '../engine/projection';
import { change, put } from '../engine/row-change';
import { checkIns } from './table';

export const checkInsProjection: Projection = {
  name: 'check-ins',
  version: 1,
  tables: [checkIns],
  on: {
    CheckInScheduled: ({ data }) => [
      put(checkIns, {
        ...data,
        state: 'scheduled',
        heldAt: null,
        summary: null,
        confidence: null,
        missedBy: null,
        missedOn: null,
      }),
    ],
    CheckInRescheduled: ({ data: { checkInId, scheduledFor } }) => [
      change(checkIns, { checkInId }, { set: { state: 'scheduled', scheduledFor, missedBy: null, missedOn: null } }),
    ],
    CheckInHeld: ({ data: { checkInId, heldAt, summary, confidence } }) => [
      change(checkIns, { checkInId }, { set: { state: 'held', heldAt, summary, confidence } }),
    ],
    CheckInMissed: ({ data: { checkInId, by }, occurredOn }) => [
      change(checkIns, { checkInId }, { set: { state: 'missed', missedBy: by, missedOn: occurredOn } }),
    ],
  },
};
