import type { Queryable } from '../../src/platform/database';
import { newestFirst, type OfEngagement, type PageAt, type Slice, type Stamped } from '../engine/paging';
import { checkIns, type CheckInRow } from './table';

/** The engagement's check-ins, what was scheduled last first. */
export function readCheckIns(db: Queryable, of: OfEngagement, page: PageAt): Promise<Slice<Stamped<CheckInRow>>> {
  return newestFirst(db, checkIns, of, page);
}
