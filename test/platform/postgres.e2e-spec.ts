import path from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { openPostgres } from '../../src/platform/postgres';
import { ask, cleanUp, makeHome, quiet, wrongPassword } from './embedded-harness';

jest.setTimeout(60_000);

let home: string;
beforeEach(() => (home = makeHome()));
afterEach(() => cleanUp(home));

describe('a Postgres of one’s own', () => {
  it('is told apart: unreachable, wrong password, no such database', async () => {
    const open = (databaseUrl: string) =>
      openPostgres({ role: 'all', dataDir: home, databaseUrl }, quiet.notice, quiet.onLost);
    await expect(open('postgres://me:secret@127.0.0.1:1/cairn')).rejects.toThrow(
      "The database postgres://me@127.0.0.1:1/cairn can't be used: nothing listens there. Check DATABASE_URL and that server.",
    );
    const server = await startEmbeddedPostgres({ dataDir: path.join(home, 'data'), ...quiet });
    try {
      const url = server.connectionString;
      await expect(open(wrongPassword(url))).rejects.toThrow(/it refused the password/);
      await expect(open(url.replace(/cairn$/, 'nowhere'))).rejects.toThrow(/it has no database of that name/);
      const opened = await open(url);
      expect(opened.connectionString).toBe(url);
      await opened.stop();
      expect(await ask(url, 'SELECT 1')).toEqual([1]);
    } finally {
      await server.stop();
    }
  });
});
