import type { Queryable } from '../../src/platform/database';
import { newestFirst, type OfEngagement, type PageAt, type Slice, type Stamped } from '../engine/paging';
import { allocations, resources, type AllocationRow, type ResourceRow } from './tables';

type Allocated = { readonly allocated: readonly Pick<AllocationRow, 'to' | 'amount'>[] };

/** The engagement's resources, what was identified last first, each with what it is allocated to, oldest first. */
export function readResources(
  db: Queryable,
  of: OfEngagement,
  page: PageAt,
): Promise<Slice<Stamped<ResourceRow & Allocated>>> {
  return newestFirst<ResourceRow, Allocated>(db, resources, of, page, {
    select: `(
      SELECT coalesce(json_agg(json_build_object('to', a."to", 'amount', a.amount) ORDER BY a.ordinal), '[]')
      FROM ${allocations.name} a
      WHERE a.tenant_id = t.tenant_id AND a.engagement_id = t.engagement_id AND a.resource_id = t.resource_id
    ) AS allocated`,
  });
}
