import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Id } from '../engagement/values';
import { applySchema, type Queryable } from '../platform/database';

/** What people can be told of, by rule. The first comes apart, the others come in the digest. */
export const notificationKinds = [
  'check-in-tomorrow',
  'check-in-unrecorded',
  'milestone-overdue',
  'action-overdue',
  'no-contact',
  'plan-not-agreed',
  'ending-soon',
  'weekly-brief',
] as const;

export type NotificationKind = (typeof notificationKinds)[number];

/** From one time of day to another, as `22:00`, over midnight where the second comes first. */
export type QuietHours = { readonly from: string; readonly to: string };

/** How a person wants to be told of things. */
export type Preferences = {
  /** IANA name; null: the tenant's. */
  readonly timeZone: string | null;
  /** The hour of the day from which the digest comes, 0 to 23; null: 8. */
  readonly digestHour: number | null;
  /** Nothing is sent in them; what would be waits for their end. */
  readonly quietHours: QuietHours | null;
  /** What the person does not want to be told of. */
  readonly off: readonly NotificationKind[];
};

export const DEFAULT_DIGEST_HOUR = 8;

export const noPreferences: Preferences = { timeZone: null, digestHour: null, quietHours: null, off: [] };

export type Person = { readonly tenantId: string; readonly participantId: Id };

export async function applyPreferencesSchema(pool: Pool): Promise<void> {
  await applySchema(pool, readFileSync(join(__dirname, 'preferences.sql'), 'utf8'));
}

const WRITE = `
  INSERT INTO records.preferences (tenant, participant_id, time_zone, digest_hour, quiet_from, quiet_to, off)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (tenant, participant_id) DO UPDATE
    SET time_zone = excluded.time_zone, digest_hour = excluded.digest_hour, quiet_from = excluded.quiet_from,
        quiet_to = excluded.quiet_to, off = excluded.off`;

/** Puts these in the place of all that the person preferred before. */
export async function writePreferences(db: Queryable, person: Person, preferences: Preferences): Promise<void> {
  const { timeZone, digestHour, quietHours, off } = preferences;
  await db.query({
    name: 'preferences write',
    text: WRITE,
    values: [
      person.tenantId,
      person.participantId,
      timeZone,
      digestHour,
      quietHours?.from ?? null,
      quietHours?.to ?? null,
      JSON.stringify(off),
    ],
  });
}

const READ = `
  SELECT p.tenant, p.participant_id AS id, p.time_zone AS "timeZone", p.digest_hour AS "digestHour",
         CASE WHEN p.quiet_from IS NOT NULL THEN jsonb_build_object('from', p.quiet_from, 'to', p.quiet_to) END
           AS "quietHours", p.off
  FROM unnest($1::text[], $2::text[]) AS asked (tenant, participant_id)
  JOIN records.preferences p USING (tenant, participant_id)`;

/** What those of the people who ever said so prefer; the others are answered with the defaults. */
export async function readPreferences(
  db: Queryable,
  people: readonly Person[],
): Promise<(person: Person) => Preferences> {
  type Row = Preferences & { readonly tenant: string; readonly id: Id };
  const values = [people.map(({ tenantId }) => tenantId), people.map(({ participantId }) => participantId)];
  const { rows } = await db.query<Row>({ name: 'preferences read', text: READ, values });
  const known = new Map(rows.map((row) => [`${row.tenant} ${row.id}`, row]));
  return ({ tenantId, participantId }) => {
    const row = known.get(`${tenantId} ${participantId}`);
    if (!row) return noPreferences;
    const { timeZone, digestHour, quietHours, off } = row;
    return { timeZone, digestHour, quietHours, off };
  };
}
