import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { applySchema } from '../platform/database';
import { randomId } from '../platform/ids';

/** Whose key it is: each caller of each tenant has keys of their own. */
export type KeyOwner = { readonly tenantId: string; readonly callerId: string; readonly key: string };

/** The first answer, as it went out. */
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The right to carry the command out. One of the three ends it; a process that dies loses it after a lease. */
export type Claim = {
  /** Keeps the answer for whoever comes with the key again. */
  readonly keep: (answer: KeptAnswer) => Promise<void>;
  /**
   * Gives the key back, as if it had never been used. Where an earlier claim of the same request ended without an
   * outcome, the key stays that request's: this refusal does not tell what the earlier one did.
   */
  readonly release: () => Promise<void>;
  /** Gives up without knowing whether the command was carried out: the same request, and no other, may claim at once. */
  readonly leaveOpen: () => Promise<void>;
};

/**
 * - `claimed`: the command is the caller's to carry out.
 * - `answered`: it was carried out.
 * - `mismatch`: the key belongs to another request.
 * - `busy`: the first with the key takes longer than the wait.
 */
export type ClaimOutcome =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'busy' };

export type IdempotencyRecords = {
  /**
   * Claims the key, in this and every other process. While another request with it is in progress this waits for its
   * outcome. `digest` tells requests apart.
   */
  readonly claim: (owner: KeyOwner, digest: string) => Promise<ClaimOutcome>;
};

export type IdempotencyOptions = {
  readonly pool: Pool;
  /** How long a claim outlives its process, in milliseconds. */
  readonly leaseMs?: number;
  /** How long to wait for another request with the same key, in milliseconds. */
  readonly waitMs?: number;
};

type Row = {
  readonly digest: string;
  readonly expired: boolean;
  readonly status: number | null;
  readonly headers: Record<string, string> | null;
  readonly body: string | null;
};

const LEASE_MS = 3_000;
/** Shorter than a stop waits for the requests in progress. */
const WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 25;

/**
 * A claim that ended without an outcome, by a fault or with its process, is taken over by the same request only. Whether
 * its command was carried out is not known here, so another request with the key stays a mismatch. Two processes that both hold a claim for a moment, since one
 * was held up for longer than its lease, do no harm: the command has the same id in both.
 *
 * The claim itself is committed without waiting for the disk. Losing it in a crash of the database costs nothing: the
 * command's events carry ids derived from the key and the digest. `xmax` is 0 in a row that was inserted, not updated.
 */
const CLAIM = `
  INSERT INTO records.idempotency AS i (tenant, caller, key, digest, claimed_by, lease_until)
  SELECT $1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond'
  FROM set_config('synchronous_commit', 'off', true)
  ON CONFLICT (tenant, caller, key) DO UPDATE
    SET claimed_by = excluded.claimed_by, lease_until = excluded.lease_until
    WHERE i.status IS NULL AND i.lease_until < clock_timestamp() AND i.digest = excluded.digest
  RETURNING xmax = 0 AS is_first`;

const READ = `
  SELECT digest, lease_until < clock_timestamp() AS expired, status, headers, body
  FROM records.idempotency WHERE tenant = $1 AND caller = $2 AND key = $3`;

const RENEW = `
  UPDATE records.idempotency i SET lease_until = clock_timestamp() + $4 * interval '1 millisecond'
  FROM unnest($1::text[], $2::uuid[], $3::text[]) AS held (tenant, caller, key)
  WHERE (i.tenant, i.caller, i.key) = (held.tenant, held.caller, held.key) AND i.status IS NULL`;

const KEEP = `
  INSERT INTO records.idempotency AS i (tenant, caller, key, digest, claimed_by, lease_until, status, headers, body)
  VALUES ($1, $2, $3, $4, $5, clock_timestamp(), $6, $7, $8)
  ON CONFLICT (tenant, caller, key) DO UPDATE
    SET status = excluded.status, headers = excluded.headers, body = excluded.body
    WHERE i.status IS NULL AND i.digest = excluded.digest`;

const RELEASE = `
  DELETE FROM records.idempotency
  WHERE tenant = $1 AND caller = $2 AND key = $3 AND claimed_by = $4 AND status IS NULL`;

const LEAVE_OPEN = `
  UPDATE records.idempotency SET lease_until = clock_timestamp()
  WHERE tenant = $1 AND caller = $2 AND key = $3 AND claimed_by = $4 AND status IS NULL`;

export async function applyIdempotencySchema(pool: Pool): Promise<void> {
  await applySchema(pool, readFileSync(join(__dirname, 'idempotency.sql'), 'utf8'));
}

export function createIdempotencyRecords(options: IdempotencyOptions): IdempotencyRecords {
  const { pool, leaseMs = LEASE_MS, waitMs = WAIT_MS } = options;
  /** The claims of this process, with what ends when they do. */
  const held = new Map<string, { readonly owner: KeyOwner; readonly ended: Promise<void> }>();
  let renewal: NodeJS.Timeout | undefined;

  const renew = (): void => {
    const owners = [...held.values()].map(({ owner }) => owner);
    const columns = [owners.map((o) => o.tenantId), owners.map((o) => o.callerId), owners.map((o) => o.key)];
    // A renewal that fails is made good by the next one, or the lease ends, which does no harm.
    pool.query(RENEW, [...columns, leaseMs]).catch(() => undefined);
  };

  function hold(owner: KeyOwner): () => void {
    const name = nameOf(owner);
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    held.set(name, { owner, ended });
    renewal ??= setInterval(renew, leaseMs / 3).unref();
    return () => {
      held.delete(name);
      if (held.size === 0) {
        clearInterval(renewal);
        renewal = undefined;
      }
      end();
    };
  }

  async function tryClaim(owner: KeyOwner, digest: string): Promise<Claim | null> {
    const claimedBy = randomId();
    const key = keyOf(owner);
    const { rows } = await pool.query<{ readonly is_first: boolean }>({
      name: 'claim key',
      text: CLAIM,
      values: [...key, digest, claimedBy, leaseMs],
    });
    const [claimed] = rows;
    if (!claimed) return null;
    const end = hold(owner);
    const leaveOpen = async (): Promise<void> => {
      await pool.query({ name: 'leave key open', text: LEAVE_OPEN, values: [...key, claimedBy] }).finally(end);
    };
    const release = async (): Promise<void> => {
      await pool.query({ name: 'release key', text: RELEASE, values: [...key, claimedBy] }).finally(end);
    };
    return {
      keep: async ({ status, headers, body }) => {
        const values = [...key, digest, claimedBy, status, JSON.stringify(headers), body];
        await pool.query({ name: 'keep answer', text: KEEP, values }).finally(end);
      },
      release: claimed.is_first ? release : leaveOpen,
      leaveOpen,
    };
  }

  /** What became of the request that has the key; null: it is in progress, or gave the key back. */
  async function outcomeOf(owner: KeyOwner, digest: string): Promise<ClaimOutcome | null> {
    const { rows } = await pool.query<Row>({ name: 'read key', text: READ, values: [...keyOf(owner)] });
    const [row] = rows;
    if (!row || (row.status === null && !row.expired)) return null;
    if (row.digest !== digest) return { kind: 'mismatch' };
    if (row.status === null || row.body === null) return null;
    return { kind: 'answered', answer: { status: row.status, headers: row.headers ?? {}, body: row.body } };
  }

  return {
    claim: async (owner, digest) => {
      const until = performance.now() + waitMs;
      do {
        const mine = held.get(nameOf(owner));
        // Whoever waits for a request of this process is woken by its end; another process is asked again and again.
        const longest = Math.min(leaseMs, until - performance.now());
        if (mine) await Promise.race([mine.ended, sleep(longest, undefined, { ref: false })]);
        const claim = await tryClaim(owner, digest);
        if (claim) return { kind: 'claimed', claim };
        const outcome = await outcomeOf(owner, digest);
        if (outcome) return outcome;
        if (!held.has(nameOf(owner))) await sleep(LOOK_AGAIN_MS);
      } while (performance.now() < until);
      return { kind: 'busy' };
    },
  };
}

function keyOf({ tenantId, callerId, key }: KeyOwner): readonly [string, string, string] {
  return [tenantId, callerId, key];
}

function nameOf(owner: KeyOwner): string {
  return JSON.stringify(keyOf(owner));
}
