import type { Id } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';
import type { OfEngagement } from '../engine/paging';

/** What the goals, milestones, actions and resources of the engagement are called now, dropped ones too. */
export async function readTitles(
  db: Queryable,
  { tenantId, engagementId }: OfEngagement,
): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await db.query<{ id: Id; title: string }>({
    name: 'titles',
    text: `
      SELECT goal_id AS id, specific AS title FROM read_model.goals WHERE tenant_id = $1 AND engagement_id = $2
      UNION ALL
      SELECT milestone_id, title FROM read_model.milestones WHERE tenant_id = $1 AND engagement_id = $2
      UNION ALL
      SELECT action_id, title FROM read_model.actions WHERE tenant_id = $1 AND engagement_id = $2
      UNION ALL
      SELECT resource_id, description FROM read_model.resources WHERE tenant_id = $1 AND engagement_id = $2`,
    values: [tenantId, engagementId],
  });
  return new Map(rows.map(({ id, title }) => [id, title]));
}
