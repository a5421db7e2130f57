import type { Id, Instant, NoteVisibility } from '../../src/engagement/values';
import { defineTable } from '../engine/table';

export type NoteRow = {
  readonly noteId: Id;
  readonly visibility: NoteVisibility;
  /** The coach who wrote it. */
  readonly author: Id;
  readonly occurredAt: Instant;
  readonly about: Id | null;
  readonly text: string;
  readonly digest: string;
};

export const notes = defineTable<NoteRow>({
  name: 'read_model.notes',
  scope: 'engagementId',
  key: ['noteId'],
  columns: {
    noteId: 'uuid',
    visibility: 'text',
    author: 'text',
    occurredAt: 'timestamptz',
    about: 'uuid',
    text: 'text',
    digest: 'text',
  },
  onlyNewKeys: true,
});
