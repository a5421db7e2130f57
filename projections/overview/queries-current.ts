import type { Id } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';
import { barriers, type BarrierRow } from '../barriers/table';
import { checkIns, type CheckInRow } from '../check-ins/table';
import { selectList, type AnyTable } from '../engine/table';
import { notes, type NoteRow } from '../notes/table';
import { planRevisions, type PlanRevisionRow } from '../plan-revisions/table';
import {
  actions,
  goals,
  milestones,
  observations,
  type ActionRow,
  type GoalRow,
  type MilestoneRow,
  type ObservationRow,
} from '../progress/tables';
import { allocations, resources, type AllocationRow, type ResourceRow } from '../resources/tables';
import { engagements, moments, type EngagementRow, type MomentRow } from './table';

/** All rows of one engagement, each list in the order in which the rows were first made. */
export type EngagementRows = {
  readonly engagementId: Id;
  /** Of the engagement's stream. */
  readonly revision: number;
  readonly engagement: EngagementRow;
  readonly goals: readonly GoalRow[];
  readonly milestones: readonly MilestoneRow[];
  readonly actions: readonly ActionRow[];
  readonly observations: readonly ObservationRow[];
  readonly planRevisions: readonly PlanRevisionRow[];
  readonly checkIns: readonly CheckInRow[];
  readonly barriers: readonly BarrierRow[];
  readonly resources: readonly ResourceRow[];
  readonly allocations: readonly AllocationRow[];
  readonly notes: readonly Pick<NoteRow, 'noteId'>[];
  readonly moments: readonly MomentRow[];
};

const lists = {
  goals,
  milestones,
  actions,
  observations,
  planRevisions,
  checkIns,
  barriers,
  resources,
  allocations,
  notes,
  moments,
};

/** One statement, so that all rows are of the same moment. */
const STATEMENT = `
  SELECT
    ${selectList(engagements, 'e')},
    (SELECT max(revision) FROM read_model.audit a
     WHERE a.tenant_id = e.tenant_id AND a.engagement_id = e.engagement_id) AS revision,
    ${Object.entries(lists)
      .map(([name, table]) => `${rowsOf(table)} AS "${name}"`)
      .join(', ')}
  FROM read_model.engagements e
  WHERE e.tenant_id = $1 AND e.engagement_id = ANY ($2::uuid[])`;

/** The rows of these engagements, in one statement however many they are; unknown ids are left out. */
export async function readEngagementRows(
  db: Queryable,
  tenantId: string,
  ids: readonly Id[],
): Promise<readonly EngagementRows[]> {
  type Found = EngagementRow & Omit<EngagementRows, 'engagement'>;
  const { rows } = await db.query<Found>({ name: 'engagement rows', text: STATEMENT, values: [tenantId, ids] });
  return rows.map((row) => ({ ...row, engagement: row }));
}

function rowsOf(table: AnyTable): string {
  return `
    (SELECT coalesce(json_agg(rows_of), '[]') FROM (
       SELECT ${selectList(table, 't')} FROM ${table.name} t
       WHERE t.tenant_id = e.tenant_id AND t.engagement_id = e.engagement_id ORDER BY t.ordinal
     ) rows_of)`;
}
