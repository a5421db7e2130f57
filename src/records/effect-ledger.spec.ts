import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { createPool } from '../platform/database';
import { applyEffectLedgerSchema, createEffectLedger, type EffectLedger, type NewEffect } from './effect-ledger';
import { countEffects, readClaimed, readTold, readToldOfEngagement, readUnknownEffects } from './effects-told';

let database: TestDatabase;
let pool: Pool;
/** Two that know nothing of each other, as in two processes. */
let one: EffectLedger;
let other: EffectLedger;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, () => undefined);
  await Promise.all([applyEffectLedgerSchema(pool), applyEffectLedgerSchema(pool)]);
  one = createEffectLedger(pool);
  other = createEffectLedger(pool);
});
beforeEach(() => pool.query('DELETE FROM records.effects'));
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await pool.end();
  await database.drop();
});

const effect = (more: Partial<NewEffect> = {}): NewEffect => ({
  tenantId: 'acme',
  key: randomUUID(),
  rule: 'digest',
  channel: 'email',
  toId: randomUUID(),
  at: '2026-04-01T08:00:00.000Z',
  items: [],
  ...more,
});
const item = (engagementId: string, key: string = randomUUID()) => ({
  key,
  engagementId,
  rule: 'ending-soon',
  about: null,
});
const statesOf = async (engagementId: string) =>
  (await readToldOfEngagement(pool, 'acme', engagementId, { before: null, limit: 50 })).map(({ state, problem }) => [
    state,
    problem,
  ]);

describe('an effect', () => {
  it('is claimed once, in one process or in two', async () => {
    const mine = effect();
    const claims = await Promise.all([one, other, one, other].map((ledger) => ledger.claim(mine)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('of a person does not tell again what another one told them', async () => {
    const toId = randomUUID();
    const told = item(randomUUID());
    const first = effect({ toId, items: [told] });
    const second = effect({ toId, items: [item(randomUUID()), told] });
    const claims = await Promise.all([one.claim(first), other.claim(second)]);
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    expect(await one.claim(effect({ items: [told] }))).not.toBeNull();
  });

  it('that was certainly not made can be claimed again, with all it told', async () => {
    const mine = effect({ items: [item(randomUUID())] });
    await (await one.claim(mine))!.release();
    expect(await other.claim(mine)).not.toBeNull();
  });

  it.each(['sent', 'failed', 'unknown'] as const)('that is %s is never made again', async (state) => {
    const engagementId = randomUUID();
    const mine = effect({ items: [item(engagementId)] });
    await (await one.claim(mine))![state]('no-address');
    expect(await other.claim(mine)).toBeNull();
    expect(await statesOf(engagementId)).toEqual([[state, state === 'sent' ? null : 'no-address']]);
  });

  it('in progress is not known yet', async () => {
    const engagementId = randomUUID();
    await one.claim(effect({ items: [item(engagementId)] }));
    expect(await statesOf(engagementId)).toEqual([['unknown', null]]);
    expect(await countEffects(pool)).toEqual({ claimed: 1, unknown: 0, failed: 0 });
  });
});

describe('a claim', () => {
  /** As a process leaves its claim when it is killed: it gives no sign of life any more. */
  const die = () =>
    pool.query(`UPDATE records.effect_claimants SET beat_at = clock_timestamp() - interval '31 seconds'`);

  it('of a dead process becomes unknown, is listed, and is not repeated', async () => {
    const mine = effect({ items: [item(randomUUID())] });
    await one.claim(mine);
    await die();
    expect(await other.expire()).toBe(1);
    expect(await other.claim(mine)).toBeNull();
    expect(await countEffects(pool)).toEqual({ claimed: 0, unknown: 1, failed: 0 });
    expect(await readUnknownEffects(pool, 10)).toMatchObject([{ key: mine.key, problem: 'process-died' }]);
  });

  it('of a process that only slept is concluded by it', async () => {
    const engagementId = randomUUID();
    const claim = await one.claim(effect({ items: [item(engagementId)] }));
    await die();
    await other.expire();
    await claim!.sent();
    expect(await statesOf(engagementId)).toEqual([['sent', null]]);
  });

  it('outlives its time as long as its process lives', async () => {
    const brief = createEffectLedger(pool, { deadAfterMs: 150, beatMs: 30 });
    await brief.claim(effect());
    await sleep(400);
    expect(await createEffectLedger(pool, { deadAfterMs: 150 }).expire()).toBe(0);
    await brief.close();
    expect(await createEffectLedger(pool, { deadAfterMs: 150 }).expire()).toBe(1);
  });
});

describe('what was told', () => {
  it('is known by person, and by effect', async () => {
    const toId = randomUUID();
    const told = item(randomUUID());
    const mine = effect({ toId, items: [told] });
    await (await one.claim(mine))!.sent();
    const unknownKey = { tenantId: 'acme', toId, key: 'another' };
    const isTold = await readTold(pool, [{ tenantId: 'acme', toId, key: told.key }, unknownKey]);
    expect([isTold({ tenantId: 'acme', toId, key: told.key }), isTold(unknownKey)]).toEqual([true, false]);
    const isClaimed = await readClaimed(pool, [{ tenantId: 'acme', toId, key: mine.key }, unknownKey]);
    expect([isClaimed({ tenantId: 'acme', toId, key: mine.key }), isClaimed(unknownKey)]).toEqual([true, false]);
  });

  it('of an engagement comes page by page, the newest first, and not of another tenant’s', async () => {
    const engagementId = randomUUID();
    for (const about of ['1', '2', '3']) {
      await one.claim(effect({ items: [{ ...item(engagementId), about }] }));
    }
    await one.claim(effect({ tenantId: 'other', items: [item(engagementId)] }));
    const page = (before: string | null) => readToldOfEngagement(pool, 'acme', engagementId, { before, limit: 2 });
    const first = await page(null);
    expect(first.map(({ about }) => about)).toEqual(['3', '2']);
    expect((await page(first.at(-1)!.place)).map(({ about }) => about)).toEqual(['1']);
  });
});
