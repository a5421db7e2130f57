import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database';
import { createPool } from './database';
import { loadSecret } from './secret';

describe('the signing secret', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('is made once, also when several processes come at the same moment', async () => {
    const secrets = await Promise.all(Array.from({ length: 4 }, () => loadSecret(pool, undefined)));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]!.length).toBeGreaterThanOrEqual(32);
    expect(await loadSecret(pool, undefined)).toBe(secrets[0]);
  });

  it('is the setting where there is one', async () => {
    expect(await loadSecret(pool, 'a setting of one’s own')).toBe('a setting of one’s own');
  });
});
