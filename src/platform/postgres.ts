import { Client } from 'pg';
import { joinEmbeddedPostgres, type RunningPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { FolderInUse } from './embedded/folder-lock';
import type { Settings } from './settings';
import { databaseStartError } from './start-error';

const CONNECT_MS = 10_000;

/**
 * The Postgres that the settings mean: one's own by `DATABASE_URL`, else the embedded one, which the first process on
 * its folder runs and further roles join. `stop` ends it where this process runs it, and does nothing otherwise.
 *
 * @param onLost called when the embedded Postgres of this process ends by itself
 * @throws StartError when it can't be had
 */
export async function openPostgres(
  settings: Pick<Settings, 'role' | 'dataDir' | 'databaseUrl'>,
  notice: (sentence: string) => void,
  onLost: (error: Error) => void,
): Promise<RunningPostgres> {
  const { databaseUrl, dataDir, role } = settings;
  if (databaseUrl !== undefined) {
    await probe(databaseUrl);
    return { connectionString: databaseUrl, stop: () => Promise.resolve() };
  }
  try {
    return await startEmbeddedPostgres({ dataDir, notice, onLost });
  } catch (error) {
    if (role === 'all' || !(error instanceof FolderInUse)) throw error;
    return { connectionString: await joinEmbeddedPostgres(dataDir), stop: () => Promise.resolve() };
  }
}

async function probe(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_MS });
  // Also after the attempt was given up, an error of the socket may still come.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw databaseStartError(error, connectionString) ?? error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
