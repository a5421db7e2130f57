import type { Pool, PoolClient } from 'pg';

/** Runs `work` with the rights of the role that dashboards have; what it writes is rolled back. */
export async function asAnalyst<T>(pool: Pool, work: (client: Pick<PoolClient, 'query'>) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL ROLE cairn_analyst');
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}
