import { startServer } from './postgres-server.mjs';

/**
 * One Postgres for the whole run, unless the caller brought one: `CAIRN_TEST_DATABASE_URL` is the address of a database
 * whose user may create databases. Test files take one database each from it (`database.ts`).
 */
export default async function globalSetup() {
  if (process.env.CAIRN_TEST_DATABASE_URL) return;
  const server = await startServer();
  process.env.CAIRN_TEST_DATABASE_URL = server.url;
  globalThis.cairnTestServer = server;
}
