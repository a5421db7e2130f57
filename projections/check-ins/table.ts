import type { Id, Instant, IsoDate } from '../../src/engagement/values';
import { defineTable } from '../engine/table';

export type CheckInRow = {
  readonly checkInId: Id;
  readonly state: 'scheduled' | 'held' | 'missed';
  readonly scheduledFor: Instant;
  readonly heldAt: Instant | null;
  readonly summary: string | null;
  readonly confidence: number | null;
  readonly missedBy: 'client' | 'coach' | null;
  readonly missedOn: IsoDate | null;
};

export const checkIns = defineTable<CheckInRow>({
  name: 'read_model.check_ins',
  scope: 'engagementId',
  key: ['checkInId'],
  columns: {
    checkInId: 'uuid',
    state: 'text',
    scheduledFor: 'timestamptz',
    heldAt: 'timestamptz',
    summary: 'text',
    confidence: 'integer',
    missedBy: 'text',
    missedOn: 'date',
  },
});
