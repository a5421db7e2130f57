import type { Queryable } from '../../src/platform/database';
import { newestFirst, type OfEngagement, type PageAt, type Slice, type Stamped } from '../engine/paging';
import { barriers, type BarrierRow } from './table';

/** The engagement's barriers, what was identified last first. */
export function readBarriers(db: Queryable, of: OfEngagement, page: PageAt): Promise<Slice<Stamped<BarrierRow>>> {
  return newestFirst(db, barriers, of, page);
}
