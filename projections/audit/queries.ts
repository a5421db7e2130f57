import type { Id, IsoDate } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';
import { inOrder, type OfEngagement, type PageAt, type Slice, type Stamped } from '../engine/paging';
import { selectList } from '../engine/table';
import { audit, type AuditRow } from './table';

export type AuditFilter = {
  /** Empty: every type. */
  readonly types: readonly string[];
  readonly actor: Id | null;
  /** Days on which events occurred, both included. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  /** Which of the private notes' events are among the rows: a coach's own, all of them, or none. */
  readonly privateNotes: 'all' | 'none' | { readonly by: Id };
};

/** The engagement's events by revision. */
export function readAudit(
  db: Queryable,
  of: OfEngagement,
  { types, actor, from, to, privateNotes }: AuditFilter,
  order: 'asc' | 'desc',
  page: PageAt,
): Promise<Slice<Stamped<AuditRow>>> {
  return inOrder(db, audit, 'revision', of, order, page, {
    where: `
      (cardinality($5::text[]) = 0 OR t.type = ANY ($5))
      AND ($6::text IS NULL OR t.actor_id = $6)
      AND ($7::date IS NULL OR t.occurred_on >= $7)
      AND ($8::date IS NULL OR t.occurred_on <= $8)
      AND ($9 OR t.type <> 'NoteRecorded' OR t.data ->> 'visibility' = 'shared' OR t.actor_id = $10)`,
    values: [types, actor, from, to, privateNotes === 'all', typeof privateNotes === 'object' ? privateNotes.by : null],
  });
}

/** Those of the engagement's events that have these ids, in stream order. */
export async function readAuditOf(
  db: Queryable,
  { tenantId, engagementId }: OfEngagement,
  eventIds: readonly Id[],
): Promise<readonly Stamped<AuditRow>[]> {
  const { rows } = await db.query<Stamped<AuditRow>>(
    `SELECT ${selectList(audit, 't')} FROM ${audit.name} t
     WHERE t.tenant_id = $1 AND t.engagement_id = $2 AND t.event_id = ANY ($3::uuid[]) ORDER BY t.revision`,
    [tenantId, engagementId, eventIds],
  );
  return rows;
}
