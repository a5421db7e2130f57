import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { createPool } from '../platform/database';
import { applyDisclosuresSchema, type NewShownRecord, readShown, recordShown } from './disclosures';

describe('the record of what was shown', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, () => undefined, 2);
    await applyDisclosuresSchema(pool);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const shown = (engagementId: string | null, what: string, more: Partial<NewShownRecord> = {}): NewShownRecord => ({
    tenantId: 'firm',
    engagementId,
    at: '2026-03-01T09:00:00.123Z',
    to: { id: '00000000-0000-4000-8000-0000000000a4', role: 'supervisor' },
    what,
    reason: 'A complaint of the client',
    consentEventId: null,
    ...more,
  });
  const whats = async (engagementId: string, before: string | null = null, limit = 50, tenantId = 'firm') =>
    (await readShown(pool, tenantId, engagementId, { before, limit })).map(({ what }) => what);

  it('gives back what was recorded, the newest first, page by page', async () => {
    const engagementId = randomUUID();
    const consentEventId = randomUUID();
    await recordShown(pool, [shown(engagementId, 'overview'), shown(engagementId, 'plan')]);
    const sponsor = { id: randomUUID(), role: 'sponsor' as const };
    await recordShown(pool, [shown(engagementId, 'progress', { to: sponsor, reason: null, consentEventId })]);
    const first = await readShown(pool, 'firm', engagementId, { before: null, limit: 2 });
    expect(first).toEqual([
      {
        place: expect.any(String),
        at: '2026-03-01T09:00:00.123Z',
        to: sponsor,
        what: 'progress',
        reason: null,
        consentEventId,
      },
      {
        place: expect.any(String),
        at: '2026-03-01T09:00:00.123Z',
        to: { id: '00000000-0000-4000-8000-0000000000a4', role: 'supervisor' },
        what: 'plan',
        reason: 'A complaint of the client',
        consentEventId: null,
      },
    ]);
    expect(await whats(engagementId, first.at(-1)!.place)).toEqual(['overview']);
  });

  it('keeps engagements and tenants apart', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await recordShown(pool, [shown(one, 'brief'), shown(other, 'notes'), shown(null, 'analytics')]);
    expect(await whats(one)).toEqual(['brief']);
    expect(await whats(one, null, 50, 'another')).toEqual([]);
  });

  it('records all or nothing', async () => {
    const engagementId = randomUUID();
    const wrong = shown('no uuid', 'plan');
    await expect(recordShown(pool, [shown(engagementId, 'plan'), wrong])).rejects.toThrow('uuid');
    expect(await whats(engagementId)).toEqual([]);
  });

  it('is applied again without losing anything', async () => {
    const engagementId = randomUUID();
    await recordShown(pool, [shown(engagementId, 'plan')]);
    await applyDisclosuresSchema(pool);
    expect(await whats(engagementId)).toEqual(['plan']);
  });
});
