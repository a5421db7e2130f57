import type { Id } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';
import { healthLevel } from '../caseload/health-level';
import type { HealthLevel, HealthTerms } from '../caseload/queries';
import { placeAt, toSlice, type OfEngagement, type PageAt, type Slice } from '../engine/paging';

/** The ids that make a reader a party, each null where the reader has not that role; null: the reader sees all. */
type ReaderAsParty = {
  readonly clientId: Id | null;
  readonly coachId: Id | null;
  readonly sponsorId: Id | null;
};

export type EngagementFilter = {
  readonly tenantId: string;
  readonly reader: ReaderAsParty | null;
  readonly coachId: Id | null;
  readonly clientId: Id | null;
  readonly state: string | null;
  /** Does not find what a sponsor may not see: an engagement whose client does not disclose its progress. */
  readonly health: (HealthTerms & { readonly level: HealthLevel }) | null;
};

/** The ids of the engagements, what was proposed last first. */
export async function readEngagementIds(
  db: Queryable,
  { tenantId, reader, coachId, clientId, state, health }: EngagementFilter,
  page: PageAt,
): Promise<Slice<Id>> {
  type Found = { readonly id: Id; readonly commit: string; readonly prepare: string };
  const ofHealth = `
    AND ${healthLevel('e', '$12', '$13', '$14')} = $15
    AND ($8 OR e.client_id = $5 OR e.coach_id = $6 OR e.client_signature -> 'discloses' ? 'progress')`;
  const { rows } = await db.query<Found>(
    `SELECT e.engagement_id AS id, e.proposed_commit::text AS commit, e.proposed_prepare::text AS prepare
     FROM read_model.engagements e
     WHERE e.tenant_id = $1
       AND ($2::text IS NULL OR e.coach_id = $2)
       AND ($3::text IS NULL OR e.client_id = $3)
       AND ($4::text IS NULL OR e.state = $4)
       AND ($8::boolean OR e.client_id = $5::text OR e.coach_id = $6::text OR e.sponsor_id = $7::text)
       AND ($9::numeric IS NULL OR (e.proposed_commit, e.proposed_prepare) < ($9, $10::numeric))
       ${health ? ofHealth : ''}
     ORDER BY e.proposed_commit DESC, e.proposed_prepare DESC LIMIT $11`,
    [
      tenantId,
      coachId,
      clientId,
      state,
      reader?.clientId ?? null,
      reader?.coachId ?? null,
      reader?.sponsorId ?? null,
      reader === null,
      placeAt(page, 0),
      placeAt(page, 1),
      page.limit + 1,
      ...(health ? [health.asOf, health.timeZone, health.noContactWeeks, health.level] : []),
    ],
  );
  const slice = toSlice(rows, page, ({ commit, prepare }) => [commit, prepare]);
  return { rows: slice.rows.map(({ id }) => id), next: slice.next };
}

/** Whether the read models know the engagement. */
export async function isProjected(db: Queryable, { tenantId, engagementId }: OfEngagement): Promise<boolean> {
  const { rows } = await db.query({
    name: 'is projected',
    text: 'SELECT FROM read_model.engagements WHERE tenant_id = $1 AND engagement_id = $2',
    values: [tenantId, engagementId],
  });
  return rows.length > 0;
}

/** The engagements in which the reader and the other person are parties; first where the reader is the client, then the coach. */
export async function readSharedEngagementIds(
  db: Queryable,
  tenantId: string,
  { clientId, coachId, sponsorId }: ReaderAsParty,
  other: Id,
): Promise<readonly Id[]> {
  const { rows } = await db.query<{ readonly id: Id }>({
    name: 'shared engagements',
    text: `
      SELECT engagement_id AS id FROM read_model.engagements
      WHERE tenant_id = $1 AND (client_id = $2 OR coach_id = $3 OR sponsor_id = $4)
        AND $5 IN (client_id, coach_id, sponsor_id)
      ORDER BY client_id IS NOT DISTINCT FROM $2 DESC, coach_id IS NOT DISTINCT FROM $3 DESC, ordinal`,
    values: [tenantId, clientId, coachId, sponsorId, other],
  });
  return rows.map(({ id }) => id);
}
