import type { Projection } from '../engine/projection';
import { put } from '../engine/row-change';
import { notes } from './table';

export const notesProjection: Projection = {
  name: 'notes',
  version: 1,
  tables: [notes],
  on: {
    NoteRecorded: ({ data, actor, occurredAt }) => [put(notes, { ...data, author: actor.id, occurredAt })],
  },
};
