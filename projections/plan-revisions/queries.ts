import type { Queryable } from '../../src/platform/database';
import { inOrder, type OfEngagement, type PageAt, type Slice, type Stamped } from '../engine/paging';
import { planRevisions, type PlanRevisionRow } from './table';

/** The revisions of the engagement's plan by their number; the event that made one is its row's `eventId`. */
export function readPlanRevisions(
  db: Queryable,
  of: OfEngagement,
  order: 'asc' | 'desc',
  page: PageAt,
): Promise<Slice<Stamped<PlanRevisionRow>>> {
  return inOrder(db, planRevisions, 'revision', of, order, page);
}
