import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError, type Pool } from 'pg';
import type { Id, Instant } from '../engagement/values';
import { applySchema } from '../platform/database';
import { randomId } from '../platform/ids';

/** Something that is told to someone, whether now or in an effect before. */
export type EffectItem = {
  /** Says what is told: the same person is told once of what has the same key. */
  readonly key: string;
  /** Null: it is about no single engagement. */
  readonly engagementId: Id | null;
  readonly rule: string;
  /** The goal, milestone, action or check-in that it is about; null: the engagement. */
  readonly about: Id | null;
};

export type NewEffect = {
  readonly tenantId: string;
  /** Derived from what the effect is for: there is one effect of a key, ever. */
  readonly key: string;
  readonly rule: string;
  readonly channel: string;
  readonly toId: Id;
  /** By the clock of the program. */
  readonly at: Instant;
  readonly items: readonly EffectItem[];
};

/** The right to make the effect, once. One of the three ends it; what a dead process leaves becomes `unknown`. */
type EffectClaim = {
  readonly sent: () => Promise<void>;
  /** It was not made and is not to be tried again. */
  readonly failed: (problem: string) => Promise<void>;
  /** It was certainly not made: as if it had never been claimed. */
  readonly release: () => Promise<void>;
  /** Nobody can tell whether it was made. */
  readonly unknown: (problem: string) => Promise<void>;
};

export type EffectLedger = {
  /** Null: it, or one of its items, was claimed before. */
  readonly claim: (effect: NewEffect) => Promise<EffectClaim | null>;
  /** Makes `unknown` of the claims of dead processes, and answers how many there were. */
  readonly expire: () => Promise<number>;
  /** Effects in progress are to be over. */
  readonly close: () => Promise<void>;
};

const BEAT_MS = 5_000;
/** A process without a sign of life for so long is dead; one that only slept makes no effect twice by being wrong. */
const DEAD_AFTER_MS = 30_000;

export async function applyEffectLedgerSchema(pool: Pool): Promise<void> {
  await applySchema(pool, readFileSync(join(__dirname, 'effect-ledger.sql'), 'utf8'));
}

/** An item that was told of before makes the whole statement fail, and nothing is claimed. */
const CLAIM = `
  WITH effect AS (
    INSERT INTO records.effects (tenant, effect_key, rule, channel, to_id, at, state, claimed_by)
    VALUES ($1, $2, $3, $4, $5, $6, 'claimed', $7)
    ON CONFLICT DO NOTHING RETURNING tenant, effect_key, to_id
  ), items AS (
    INSERT INTO records.effect_items (tenant, effect_key, to_id, item_key, engagement_id, rule, about)
    SELECT effect.*, item.* FROM effect, unnest($8::text[], $9::uuid[], $10::text[], $11::text[]) AS item
  )
  SELECT FROM effect`;

/** Also of an effect that was thought lost: who made it knows best. */
const CONCLUDE = `
  UPDATE records.effects SET state = $4, problem = $5
  WHERE tenant = $1 AND effect_key = $2 AND claimed_by = $3 AND state IN ('claimed', 'unknown')`;

const RELEASE = `
  DELETE FROM records.effects
  WHERE tenant = $1 AND effect_key = $2 AND claimed_by = $3 AND state IN ('claimed', 'unknown')`;

const BEAT = `
  INSERT INTO records.effect_claimants (claimant) VALUES ($1)
  ON CONFLICT (claimant) DO UPDATE SET beat_at = clock_timestamp()`;

const EXPIRE = `
  UPDATE records.effects e SET state = 'unknown', problem = 'process-died'
  WHERE e.state = 'claimed' AND NOT EXISTS (
    SELECT FROM records.effect_claimants c
    WHERE c.claimant = e.claimed_by AND c.beat_at > clock_timestamp() - $1 * interval '1 millisecond'
  )`;

const FORGET = `DELETE FROM records.effect_claimants WHERE beat_at < clock_timestamp() - interval '1 day'`;
const UNIQUE_VIOLATION = '23505';

/**
 * Makes each effect on the outside world happen at most once: claimed, then done, then recorded. Between the first and
 * the last its outcome is not known to anyone else, and an effect whose outcome is unknown is shown, never repeated.
 */
export function createEffectLedger(pool: Pool, { deadAfterMs = DEAD_AFTER_MS, beatMs = BEAT_MS } = {}): EffectLedger {
  const claimant = randomId();
  let beating: NodeJS.Timeout | undefined;
  let first: Promise<void> | undefined;

  const beat = async (): Promise<void> => {
    await pool.query({ name: 'effect beat', text: BEAT, values: [claimant] });
  };
  /** The first claim waits for the first beat: a claim without a living claimant would be given up at once. */
  const alive = (): Promise<void> =>
    (first ??= beat().then(
      () => {
        // A beat that fails is made good by the next one, or the claims become unknown until they are concluded.
        beating = setInterval(() => void beat().catch(() => undefined), beatMs).unref();
      },
      (error: unknown) => {
        first = undefined;
        throw error;
      },
    ));

  function claimOf({ tenantId, key }: NewEffect): EffectClaim {
    const mine = [tenantId, key, claimant];
    const conclude = async (state: string, problem: string | null): Promise<void> => {
      await pool.query({ name: 'effect conclude', text: CONCLUDE, values: [...mine, state, problem] });
    };
    return {
      sent: () => conclude('sent', null),
      failed: (problem) => conclude('failed', problem),
      unknown: (problem) => conclude('unknown', problem),
      release: async () => {
        await pool.query({ name: 'effect release', text: RELEASE, values: mine });
      },
    };
  }

  return {
    claim: async (effect) => {
      await alive();
      const { tenantId, key, rule, channel, toId, at, items } = effect;
      const columns = [
        items.map((item) => item.key),
        items.map((item) => item.engagementId),
        items.map((item) => item.rule),
        items.map((item) => item.about),
      ];
      const values = [tenantId, key, rule, channel, toId, at, claimant, ...columns];
      try {
        const { rows } = await pool.query({ name: 'effect claim', text: CLAIM, values });
        return rows.length > 0 ? claimOf(effect) : null;
      } catch (error) {
        if (error instanceof DatabaseError && error.code === UNIQUE_VIOLATION) return null;
        throw error;
      }
    },
    expire: async () => {
      const { rowCount } = await pool.query({ name: 'effect expire', text: EXPIRE, values: [deadAfterMs] });
      await pool.query(FORGET);
      return rowCount ?? 0;
    },
    close: async () => {
      clearInterval(beating);
      if (first) await pool.query('DELETE FROM records.effect_claimants WHERE claimant = $1', [claimant]);
    },
  };
}
