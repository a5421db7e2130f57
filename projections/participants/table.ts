import { defineTable } from '../engine/table';

export type ParticipantRow = {
  readonly kind: 'client' | 'coach' | 'sponsor' | 'staff';
  readonly name: string;
  readonly email: string | null;
};

export const participants = defineTable<ParticipantRow>({
  name: 'read_model.participants',
  scope: 'participantId',
  key: [],
  columns: { kind: 'text', name: 'text', email: 'text' },
});
