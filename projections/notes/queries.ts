import type { Id } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';
import { newestFirst, type OfEngagement, type PageAt, type Slice, type Stamped } from '../engine/paging';
import { notes, type NoteRow } from './table';

/** Which private notes are among the rows, beside the shared ones: a coach's own, all of them, or none. */
export type PrivateNotes = 'all' | 'none' | { readonly by: Id };

/** The engagement's notes, the last first. */
export function readNotes(
  db: Queryable,
  of: OfEngagement,
  privateNotes: PrivateNotes,
  page: PageAt,
): Promise<Slice<Stamped<NoteRow>>> {
  return newestFirst(db, notes, of, page, {
    where: `(t.visibility = 'shared' OR $5 OR t.author = $6)`,
    values: [privateNotes === 'all', typeof privateNotes === 'object' ? privateNotes.by : null],
  });
}
