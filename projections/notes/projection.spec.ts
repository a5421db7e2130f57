import { describeProjection } from '../../test/support/projection-spec';
import { notesProjection } from './projection';
import { notes } from './table';

describeProjection(notesProjection, ({ rowsAfter }) => {
  it('name the coach who wrote them', () => {
    const data = {
      noteId: 'n1',
      visibility: 'coach-private',
      text: 'Tired today',
      about: null,
      digest: 'abc',
    } as const;
    expect(rowsAfter(notes, [{ type: 'NoteRecorded', data }])).toEqual([
      { ...data, author: 'coach-1', occurredAt: '2026-04-01T10:00:00.000Z' },
    ]);
  });
});
