import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export type TestDatabase = {
  readonly url: string;
  /** Removes the database, whoever is still connected to it. */
  drop(): Promise<void>;
};

/** An empty database of its own on the run's server. One for each test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.CAIRN_TEST_DATABASE_URL;
  if (server === undefined) throw new Error('CAIRN_TEST_DATABASE_URL is not set: the global setup did not run');
  return createDatabaseOn(server);
}

/** An empty database on the server at `serverUrl`. */
export async function createDatabaseOn(serverUrl: string): Promise<TestDatabase> {
  const name = `cairn_test_${String(process.pid)}_${randomBytes(6).toString('hex')}`;
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
