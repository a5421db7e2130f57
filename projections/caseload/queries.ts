import type { Id, IsoDate } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';
import { placeAt, toSlice, type PageAt, type Slice } from '../engine/paging';
import { healthLevel } from './health-level';

export type HealthLevel = 'on-track' | 'attention' | 'at-risk';

/** What the health of an engagement is judged by. */
export type HealthTerms = { readonly asOf: IsoDate; readonly timeZone: string; readonly noContactWeeks: number };

type DueNext = {
  readonly kind: 'milestone' | 'action';
  readonly id: Id;
  readonly title: string;
  readonly dueOn: IsoDate;
};

export type CaseloadRow = {
  readonly engagementId: Id;
  readonly level: HealthLevel;
  /** What is due first of the open milestones and actions of open goals. */
  readonly dueNext: DueNext | null;
};

/** Open work under open goals; an action comes before the milestone that is due the same day. */
const DUE_NEXT = `
  SELECT * FROM (
    SELECT 'milestone' AS kind, m.milestone_id AS id, m.title, m.due_on, m.ordinal
    FROM read_model.milestones m
    WHERE m.tenant_id = e.tenant_id AND m.engagement_id = e.engagement_id AND m.state IN ('planned', 'missed')
      AND EXISTS (SELECT FROM open_goals g WHERE g.engagement_id = m.engagement_id AND g.goal_id = m.goal_id)
    UNION ALL
    SELECT 'action', a.action_id, a.title, a.due_on, a.ordinal
    FROM read_model.actions a
    JOIN read_model.milestones m
      ON m.tenant_id = e.tenant_id AND m.engagement_id = e.engagement_id AND m.milestone_id = a.milestone_id
    WHERE a.tenant_id = e.tenant_id AND a.engagement_id = e.engagement_id AND a.state = 'open'
      AND EXISTS (SELECT FROM open_goals g WHERE g.engagement_id = m.engagement_id AND g.goal_id = m.goal_id)
  ) work
  ORDER BY due_on, kind, ordinal LIMIT 1`;

/**
 * A coach's engagements that have not ended, the most urgent first: those at risk, then those that want attention, then
 * the rest; within each by what is due next.
 */
export async function readCaseload(
  db: Queryable,
  { tenantId, coachId }: { readonly tenantId: string; readonly coachId: Id },
  terms: HealthTerms,
  page: PageAt,
): Promise<Slice<CaseloadRow>> {
  type Found = CaseloadRow & { readonly urgency: number; readonly dueOn: string };
  const { rows } = await db.query<Found>(
    `WITH open_goals AS (
       SELECT g.engagement_id, g.goal_id
       FROM read_model.engagements e JOIN read_model.goals g USING (tenant_id, engagement_id)
       WHERE e.tenant_id = $1 AND e.coach_id = $2 AND g.lifecycle IN ('active', 'on-hold')
     ),
     cases AS (
       SELECT e.engagement_id, ${healthLevel('e', '$3', '$4', '$5')} AS level, due.*
       FROM read_model.engagements e LEFT JOIN LATERAL (${DUE_NEXT}) due ON true
       WHERE e.tenant_id = $1 AND e.coach_id = $2 AND e.status NOT IN ('completed', 'ended-early')
     ),
     ranked AS (
       SELECT *, array_position(ARRAY['at-risk', 'attention', 'on-track'], level) AS urgency,
              coalesce(due_on, 'infinity') AS due
       FROM cases
     )
     SELECT engagement_id AS "engagementId", level, urgency, due::text AS "dueOn",
            CASE WHEN id IS NOT NULL
              THEN json_build_object('kind', kind, 'id', id, 'title', title, 'dueOn', due_on) END AS "dueNext"
     FROM ranked
     WHERE $6::integer IS NULL OR (urgency, due, engagement_id) > ($6, $7::date, $8::uuid)
     ORDER BY urgency, due, engagement_id LIMIT $9`,
    [
      tenantId,
      coachId,
      terms.asOf,
      terms.timeZone,
      terms.noContactWeeks,
      placeAt(page, 0),
      placeAt(page, 1),
      placeAt(page, 2),
      page.limit + 1,
    ],
  );
  const { rows: found, next } = toSlice(rows, page, (row) => [row.urgency, row.dueOn, row.engagementId]);
  return { rows: found.map(({ engagementId, level, dueNext }) => ({ engagementId, level, dueNext })), next };
}
