import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Id, Instant, Role } from '../engagement/values';
import { applySchema, type Queryable } from '../platform/database';

/** What someone was shown. */
type ShownRecord = {
  readonly at: Instant;
  readonly to: { readonly id: Id; readonly role: Role };
  /** The answer's name, as in its path. */
  readonly what: string;
  /** Why, as a supervisor stated it. */
  readonly reason: string | null;
  /** The client's signature under which a sponsor was shown it. */
  readonly consentEventId: Id | null;
};

/** `engagementId` null: numbers over many engagements, or a person. */
export type NewShownRecord = ShownRecord & { readonly tenantId: string; readonly engagementId: Id | null };

/** With the place in the log, for the page that follows; a decimal string, since it may outgrow 2^53. */
export type KeptShownRecord = ShownRecord & { readonly place: string };

export async function applyDisclosuresSchema(pool: Pool): Promise<void> {
  await applySchema(pool, readFileSync(join(__dirname, 'disclosures.sql'), 'utf8'));
}

const RECORD = `
  INSERT INTO records.disclosures (tenant, engagement_id, shown_at, to_id, to_role, what, reason, consent_event_id)
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[])`;

/** Records what is about to be shown, all or nothing; committed when it resolves. */
export async function recordShown(db: Queryable, shown: readonly NewShownRecord[]): Promise<void> {
  if (shown.length === 0) return;
  await db.query({
    name: 'disclosures record',
    text: RECORD,
    values: [
      shown.map((one) => one.tenantId),
      shown.map((one) => one.engagementId),
      shown.map((one) => one.at),
      shown.map((one) => one.to.id),
      shown.map((one) => one.to.role),
      shown.map((one) => one.what),
      shown.map((one) => one.reason),
      shown.map((one) => one.consentEventId),
    ],
  });
}

const READ = `
  SELECT id::text AS place, to_char(shown_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
         jsonb_build_object('id', to_id, 'role', to_role) AS "to", what, reason, consent_event_id AS "consentEventId"
  FROM records.disclosures
  WHERE tenant = $1 AND engagement_id = $2 AND ($3::bigint IS NULL OR id < $3)
  ORDER BY id DESC LIMIT $4`;

/** What was shown of an engagement, the newest first; those before the place, when one is given. */
export async function readShown(
  db: Queryable,
  tenantId: string,
  engagementId: Id,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly KeptShownRecord[]> {
  const values = [tenantId, engagementId, page.before, page.limit];
  const { rows } = await db.query<KeptShownRecord>({ name: 'disclosures of engagement', text: READ, values });
  return rows;
}
