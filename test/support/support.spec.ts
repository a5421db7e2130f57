import { Client } from 'pg';
import { createTestDatabase } from './database';
import { startOwnServer } from './own-server';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

describe('test servers', () => {
  it('gives each caller an empty database and takes it back', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await ask(one.url, 'CREATE TABLE mine (x int)');
    expect(await ask(other.url, "SELECT to_regclass('mine')")).toBeNull();
    await Promise.all([one.drop(), other.drop()]);
    await expect(ask(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('starts a server of its own, with full durability when asked', async () => {
    const server = await startOwnServer({ durable: true });
    try {
      expect(await ask(server.url, 'SHOW fsync')).toBe('on');
    } finally {
      await server.stop();
    }
    await expect(ask(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  }, 30_000);
});
