import type { Pool, PoolClient } from 'pg';
import { failureOf, NotSent } from './failures';

/**
 * Lends a connection of the pool to `work`. One that breaks meanwhile is not given back. Work that takes longer than
 * `timeoutMs` fails, as lost.
 * @throws {NotSent} there is none to be had.
 */
export async function withConnection<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  timeoutMs?: number,
): Promise<T> {
  const client = await connect(pool);
  let broken: Error | undefined;
  try {
    return await within(timeoutMs, work(client));
  } catch (error) {
    if (failureOf(error) === 'lost') broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function within<T>(timeoutMs: number | undefined, work: Promise<T>): Promise<T> {
  if (timeoutMs === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`There was no answer in ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new NotSent(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Runs `work` on a connection in one transaction: committed when it resolves, rolled back when it rejects. */
export function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withConnection(pool, async (client) => {
    await client.query('BEGIN');
    try {
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // On a broken connection there is nothing left to roll back.
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });
}
