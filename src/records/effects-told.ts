import type { Id, Instant } from '../engagement/values';
import type { Queryable } from '../platform/database';

/** Something that a person may have been told. */
export type Telling = { readonly tenantId: string; readonly toId: Id; readonly key: string };

/** Tells which of the items these people were told of already, or are being told of now. */
export async function readTold(db: Queryable, tellings: readonly Telling[]): Promise<(telling: Telling) => boolean> {
  const { rows } = await db.query<Telling>({
    name: 'effect items told',
    text: `
      SELECT i.tenant AS "tenantId", i.to_id AS "toId", i.item_key AS key
      FROM unnest($1::text[], $2::text[], $3::text[]) AS asked (tenant, to_id, item_key)
      JOIN records.effect_items i USING (tenant, to_id, item_key)`,
    values: columnsOf(tellings),
  });
  return among(rows);
}

/** Tells which of the effects, by their keys, were claimed already. */
export async function readClaimed(db: Queryable, effects: readonly Telling[]): Promise<(effect: Telling) => boolean> {
  const { rows } = await db.query<Telling>({
    name: 'effects claimed',
    text: `
      SELECT e.tenant AS "tenantId", e.to_id AS "toId", e.effect_key AS key
      FROM unnest($1::text[], $2::text[]) AS asked (tenant, effect_key)
      JOIN records.effects e USING (tenant, effect_key)`,
    values: [effects.map(({ tenantId }) => tenantId), effects.map(({ key }) => key)],
  });
  return among(rows);
}

/** What became of an effect; one in progress is not known yet. */
type EffectState = 'sent' | 'unknown' | 'failed';

/** Something that a person was told of an engagement. */
export type ToldItem = {
  /** Its place in the order of telling, for the page that follows; a decimal string. */
  readonly place: string;
  /** With the person it says what was told, once and for all. */
  readonly key: string;
  readonly rule: string;
  readonly about: Id | null;
  readonly toId: Id;
  readonly channel: string;
  readonly state: EffectState;
  /** A word of ours that says what went wrong; null when nothing did. */
  readonly problem: string | null;
  readonly at: Instant;
};

/** What people were told of an engagement, the newest first; what was told before the place, when one is given. */
export async function readToldOfEngagement(
  db: Queryable,
  tenantId: string,
  engagementId: Id,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly ToldItem[]> {
  const { rows } = await db.query<ToldItem>({
    name: 'effects of engagement',
    text: `
      SELECT i.id::text AS place, i.item_key AS key, i.rule, i.about, i.to_id AS "toId", e.channel,
             CASE e.state WHEN 'claimed' THEN 'unknown' ELSE e.state END AS state, e.problem,
             to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
      FROM records.effect_items i JOIN records.effects e USING (tenant, effect_key)
      WHERE i.tenant = $1 AND i.engagement_id = $2 AND ($3::bigint IS NULL OR i.id < $3)
      ORDER BY i.id DESC LIMIT $4`,
    values: [tenantId, engagementId, page.before, page.limit],
  });
  return rows;
}

/** How many effects are in each state that wants to be looked at. */
export async function countEffects(
  db: Queryable,
): Promise<{ readonly claimed: number; readonly unknown: number; readonly failed: number }> {
  const { rows } = await db.query<{ state: string; count: number }>(
    `SELECT state, count(*)::integer AS count FROM records.effects WHERE state <> 'sent' GROUP BY state`,
  );
  const of = (state: string): number => rows.find((row) => row.state === state)?.count ?? 0;
  return { claimed: of('claimed'), unknown: of('unknown'), failed: of('failed') };
}

/** An effect that may or may not have been made. */
type UnknownEffect = {
  readonly tenantId: string;
  readonly key: string;
  readonly rule: string;
  readonly toId: Id;
  readonly at: Instant;
  readonly problem: string | null;
};

/** The effects of unknown outcome, the newest first, at most so many. */
export async function readUnknownEffects(db: Queryable, limit: number): Promise<readonly UnknownEffect[]> {
  const { rows } = await db.query<UnknownEffect>(
    `SELECT tenant AS "tenantId", effect_key AS key, rule, to_id AS "toId", problem,
            to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
     FROM records.effects WHERE state = 'unknown' ORDER BY effects.at DESC LIMIT $1`,
    [limit],
  );
  return rows;
}

function columnsOf(tellings: readonly Telling[]): readonly (readonly string[])[] {
  return [tellings.map((one) => one.tenantId), tellings.map((one) => one.toId), tellings.map((one) => one.key)];
}

function among(rows: readonly Telling[]): (telling: Telling) => boolean {
  const names = new Set(rows.map(nameOf));
  return (telling) => names.has(nameOf(telling));
}

function nameOf({ tenantId, toId, key }: Telling): string {
  return `${tenantId} ${toId} ${key}`;
}
