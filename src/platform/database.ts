import { Pool, type PoolClient, types } from 'pg';

export type { Pool } from 'pg';

/** What a query needs: a pool, or the connection of a transaction in progress. */
export type Queryable = Pick<PoolClient, 'query'>;

// Dates stay `YYYY-MM-DD`: as Date objects they would shift with the time zone of the process.
types.setTypeParser(types.builtins.DATE, (text) => text);

/**
 * A pool of connections. An error on an idle connection is handed to `onError` (the pool replaces the connection);
 * without a listener it would end the process.
 */
export function createPool(connectionString: string, onError: (error: Error) => void, max = 10): Pool {
  const pool = new Pool({
    connectionString,
    max,
    application_name: 'cairn',
    // An open transaction anywhere holds back every reader of the log.
    idle_in_transaction_session_timeout: 30_000,
  });
  // A connection that breaks in the hands of a borrower, or on its way to one, fails the statement that it is asked
  // for next. Without a listener on it from its first moment it would end the process instead.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  pool.on('error', (error) => {
    // The connection that the driver attaches would fill pages of a log.
    Reflect.deleteProperty(error, 'client');
    // The pool ends before the server does, but its connections may notice the one before the other.
    if (!pool.ending) onError(error);
  });
  return pool;
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that can't roll back is not to be used again.
    await client.query('ROLLBACK').catch((rollbackError: unknown) => {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Brings a schema up to date: `statements` must be safe to run again (`CREATE … IF NOT EXISTS`, `CREATE OR REPLACE`).
 * Processes that start at the same moment take turns.
 */
export async function applySchema(pool: Pool, statements: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('cairn schema'))");
    await client.query(statements);
  });
}
