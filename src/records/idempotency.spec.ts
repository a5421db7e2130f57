import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { createPool } from '../platform/database';
import {
  applyIdempotencySchema,
  type Claim,
  type ClaimOutcome,
  createIdempotencyRecords,
  type IdempotencyRecords,
  type KeptAnswer,
  type KeyOwner,
} from './idempotency';

const answer: KeptAnswer = { status: 201, headers: { etag: '"3"' }, body: '{"goalId":"ä"}' };

let database: TestDatabase;
let pool: Pool;
/** Two that know nothing of each other, as in two processes. */
let one: IdempotencyRecords;
let other: IdempotencyRecords;

const owner = (more: Partial<KeyOwner> = {}): KeyOwner => ({
  tenantId: 'acme',
  callerId: randomUUID(),
  key: 'a key',
  ...more,
});

function claimIn(outcome: ClaimOutcome): Claim {
  if (outcome.kind !== 'claimed') throw new Error(`It is ${outcome.kind}.`);
  return outcome.claim;
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, () => undefined);
  await Promise.all([applyIdempotencySchema(pool), applyIdempotencySchema(pool)]);
  one = createIdempotencyRecords({ pool });
  other = createIdempotencyRecords({ pool });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('a key', () => {
  it('is claimed once; then it gives the first answer, to the same request alone', async () => {
    const mine = owner();
    await claimIn(await one.claim(mine, 'digest')).keep(answer);
    for (const records of [one, other]) {
      expect(await records.claim(mine, 'digest')).toEqual({ kind: 'answered', answer });
      expect(await records.claim(mine, 'another')).toEqual({ kind: 'mismatch' });
    }
  });

  it('belongs to a caller of a tenant', async () => {
    const mine = owner();
    await claimIn(await one.claim(mine, 'digest')).keep(answer);
    for (const stranger of [
      { ...mine, tenantId: 'other' },
      { ...mine, callerId: randomUUID() },
      { ...mine, key: 'b' },
    ]) {
      expect((await one.claim(stranger, 'digest')).kind).toBe('claimed');
    }
  });

  it('is as if never used after a refusal', async () => {
    const mine = owner();
    await claimIn(await one.claim(mine, 'digest')).release();
    await claimIn(await other.claim(mine, 'another')).keep(answer);
    expect(await one.claim(mine, 'digest')).toEqual({ kind: 'mismatch' });
  });

  it('keeps its answer whatever comes after', async () => {
    const mine = owner();
    const claim = claimIn(await one.claim(mine, 'digest'));
    await claim.keep(answer);
    await claim.release();
    await claim.keep({ ...answer, body: 'another' });
    expect(await one.claim(mine, 'digest')).toEqual({ kind: 'answered', answer });
  });
});

describe.each(['one process', 'two processes'])('requests at the same time in %s', (where) => {
  const second = () => (where === 'one process' ? one : other);

  it('wait for the first and get its answer', async () => {
    const mine = owner();
    const claim = claimIn(await one.claim(mine, 'digest'));
    const waiting = Array.from({ length: 30 }, () => second().claim(mine, 'digest'));
    expect(await Promise.race([...waiting, sleep(100, 'still waiting')])).toBe('still waiting');
    await claim.keep(answer);
    expect(new Set((await Promise.all(waiting)).map(({ kind }) => kind))).toEqual(new Set(['answered']));
  });

  it('take over one by one when the first is refused', async () => {
    const mine = owner();
    const claim = claimIn(await one.claim(mine, 'digest'));
    let running = 0;
    const runs = Array.from({ length: 5 }, async () => {
      const taken = claimIn(await second().claim(mine, 'digest'));
      running += 1;
      expect(running).toBe(1);
      await sleep(5);
      running -= 1;
      await taken.release();
    });
    await claim.release();
    await Promise.all(runs);
  });

  it('wait also with another request, which is a mismatch only when the first is done', async () => {
    const mine = owner();
    const claim = claimIn(await one.claim(mine, 'digest'));
    const waiting = second().claim(mine, 'another');
    expect(await Promise.race([waiting, sleep(60, 'still waiting')])).toBe('still waiting');
    await claim.release();
    expect((await waiting).kind).toBe('claimed');
  });
});

describe('a claim', () => {
  /** As a process leaves its claim when it is killed: nobody pushes the lease forward. */
  async function abandoned(mine: KeyOwner): Promise<void> {
    const records = createIdempotencyRecords({ pool, leaseMs: 60_000 });
    const claim = claimIn(await records.claim(mine, 'digest'));
    const { rowCount } = await pool.query(
      `UPDATE records.idempotency SET lease_until = clock_timestamp() - interval '1 ms' WHERE caller = $1`,
      [mine.callerId],
    );
    expect(rowCount).toBe(1);
    expect(claim).toBeDefined();
  }

  it('of a dead process goes to the same request', async () => {
    const mine = owner();
    await abandoned(mine);
    const claim = claimIn(await other.claim(mine, 'digest'));
    expect(await Promise.race([one.claim(mine, 'digest'), sleep(60, 'waiting')])).toBe('waiting');
    await claim.keep(answer);
    expect(await one.claim(mine, 'digest')).toEqual({ kind: 'answered', answer });
  });

  it('of a dead process does not go to another request, since what became of it is not known', async () => {
    const mine = owner();
    await abandoned(mine);
    expect(await other.claim(mine, 'another')).toEqual({ kind: 'mismatch' });
  });

  it('whose outcome is not known goes at once to the same request, and to no other', async () => {
    const mine = owner();
    const patient = createIdempotencyRecords({ pool, leaseMs: 60_000 });
    await claimIn(await patient.claim(mine, 'digest')).leaveOpen();
    expect(await other.claim(mine, 'another')).toEqual({ kind: 'mismatch' });
    await claimIn(await other.claim(mine, 'digest')).keep(answer);
    expect(await one.claim(mine, 'digest')).toEqual({ kind: 'answered', answer });
    expect(await one.claim(mine, 'another')).toEqual({ kind: 'mismatch' });
  });

  it('whose outcome is not known stays with the same request when that is refused', async () => {
    const mine = owner();
    await claimIn(await one.claim(mine, 'digest')).leaveOpen();
    await claimIn(await other.claim(mine, 'digest')).release();
    expect(await one.claim(mine, 'another')).toEqual({ kind: 'mismatch' });
    expect((await one.claim(mine, 'digest')).kind).toBe('claimed');
  });

  it('that was lost does not put its answer under the key of another request', async () => {
    const mine = owner();
    const lost = claimIn(await one.claim(mine, 'digest'));
    await pool.query('DELETE FROM records.idempotency WHERE caller = $1', [mine.callerId]);
    const theirs = claimIn(await other.claim(mine, 'another'));
    await lost.keep(answer);
    await theirs.keep({ ...answer, body: 'theirs' });
    expect(await other.claim(mine, 'another')).toEqual({ kind: 'answered', answer: { ...answer, body: 'theirs' } });
  });

  it('outlives its lease as long as its process lives', async () => {
    const mine = owner();
    const brief = createIdempotencyRecords({ pool, leaseMs: 150 });
    const claim = claimIn(await brief.claim(mine, 'digest'));
    const waiting = other.claim(mine, 'digest');
    expect(await Promise.race([waiting, sleep(600, 'still waiting')])).toBe('still waiting');
    await claim.keep(answer);
    expect(await waiting).toEqual({ kind: 'answered', answer });
  });

  it('is not waited for without end', async () => {
    const mine = owner();
    const claim = claimIn(await one.claim(mine, 'digest'));
    const impatient = createIdempotencyRecords({ pool, waitMs: 60 });
    expect(await impatient.claim(mine, 'digest')).toEqual({ kind: 'busy' });
    await claim.release();
  });
});
