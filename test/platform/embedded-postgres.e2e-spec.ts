import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {
  joinEmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/embedded-postgres';
import { readConnection } from '../../src/platform/embedded/connection-file';
import { processStamp } from '../../src/platform/embedded/process-stamp';
import { openPostgres } from '../../src/platform/postgres';
import { ask, cleanUp, makeHome, postmasterPid, quiet, run, wrongPassword } from './embedded-harness';

jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;
let home: string;

beforeEach(() => (home = makeHome()));
afterEach(() => cleanUp(home));

describe('the embedded Postgres', () => {
  it('makes its folder, keeps what was committed, and lets itself be joined', async () => {
    const dataDir = path.join(home, 'deep', 'data');
    const first = await startEmbeddedPostgres({ dataDir, ...quiet });
    try {
      await ask(first.connectionString, 'CREATE TABLE kept AS SELECT 42 AS answer');
      expect(await ask(first.connectionString, 'SHOW fsync')).toEqual(['on']);
      expect(await ask(first.connectionString, 'SHOW synchronous_commit')).toEqual(['on']);
      expect(await ask(first.connectionString, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
      expect(await joinEmbeddedPostgres(dataDir)).toBe(first.connectionString);
      expect(fs.statSync(path.join(dataDir, 'connection.json')).mode & 0o777).toBe(0o600);
    } finally {
      await first.stop();
    }
    await expect(joinEmbeddedPostgres(dataDir)).rejects.toThrow(/No Cairn runs on the data folder/);

    const again = await startEmbeddedPostgres({ dataDir, ...quiet });
    try {
      expect(await ask(again.connectionString, 'SELECT answer FROM kept')).toEqual([42]);
      await expect(ask(wrongPassword(again.connectionString), 'SELECT 1')).rejects.toThrow(/password/);
    } finally {
      await again.stop();
    }
  });

  it('refuses a second server on the folder in one sentence, while other roles join', async () => {
    const dataDir = path.join(home, 'data');
    const first = await run(dataDir);
    const second = await run(dataDir);
    expect(second.child.exitCode).toBe(1);
    expect(second.complaint()).toBe(
      `Another Cairn (process ${first.child.pid}) runs on the data folder ${dataDir}: ` +
        'stop it first, or set DATA_DIR to another folder.\n',
    );
    const joined = await openPostgres(
      { role: 'projector', dataDir, databaseUrl: undefined },
      quiet.notice,
      quiet.onLost,
    );
    expect(joined.connectionString).toBe(first.url);
    await joined.stop();
    expect(await ask(first.url, 'SELECT 1')).toEqual([1]);
  });

  it('ends when its process is killed, and the next start has everything that was committed', async () => {
    const dataDir = path.join(home, 'data');
    const first = await run(dataDir);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const postmaster = postmasterPid(dataDir);
    first.child.kill('SIGKILL');
    // At once, while the guard is still ending the old server.
    const second = await run(dataDir);
    expect(second.complaint()).toBe('');
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([42]);
    expect(processStamp(postmaster)).toBeUndefined();
    second.child.kill('SIGTERM');
    await second.closed;
    expect(second.child.exitCode).toBe(0);
  });

  it('stops by itself when nobody starts it again', async () => {
    const dataDir = path.join(home, 'data');
    const { child } = await run(dataDir);
    const postmaster = postmasterPid(dataDir);
    child.kill('SIGKILL');
    while (processStamp(postmaster) !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fs.existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('ends an old server that no guard ended', async () => {
    const dataDir = path.join(home, 'data');
    const first = await run(dataDir);
    const postmaster = postmasterPid(dataDir);
    const guard = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
      .split('\n')
      .find((line) => line.includes(`kill -INT ${postmaster}`) && !line.includes('ps -eo'));
    process.kill(Number(guard?.trim().split(' ')[0]), 'SIGKILL');
    first.child.kill('SIGKILL');
    await first.closed;
    expect(processStamp(postmaster)).toBeDefined();

    const second = await run(dataDir);
    expect(second.complaint()).toBe('');
    expect(processStamp(postmaster)).toBeUndefined();
    expect(await ask(second.url, 'SELECT 1')).toEqual([1]);
  });

  it('starts over a pid file whose number is now of another program, and over a lock of a dead process', async () => {
    const dataDir = path.join(home, 'data');
    await (await startEmbeddedPostgres({ dataDir, ...quiet })).stop();
    const folder = path.join(dataDir, 'postgres');
    fs.writeFileSync(
      path.join(folder, 'postmaster.pid'),
      `${process.ppid}\n${folder}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    const stale = { pid: process.ppid, stamp: 'not when it was started' };
    fs.writeFileSync(path.join(dataDir, 'server.lock'), JSON.stringify(stale));

    const server = await startEmbeddedPostgres({ dataDir, ...quiet });
    expect(readConnection(dataDir)?.server.pid).toBe(process.pid);
    await server.stop();
  });

  it('starts over what was left half made', async () => {
    const dataDir = path.join(home, 'data');
    fs.mkdirSync(path.join(dataDir, '.new-abc', 'postgres'), { recursive: true });
    const server = await startEmbeddedPostgres({ dataDir, ...quiet });
    await server.stop();
    expect(fs.readdirSync(dataDir).sort()).toEqual(['connection.json', 'postgres']);
  });

  it('says so when it ends without having been told to', async () => {
    const dataDir = path.join(home, 'data');
    const lost = new Promise<Error>((resolve) => {
      void startEmbeddedPostgres({ dataDir, notice: quiet.notice, onLost: resolve }).then(() => {
        process.kill(postmasterPid(dataDir), 'SIGQUIT');
      });
    });
    expect((await lost).message).toContain('The embedded Postgres has ended');
  });

  it('names another version, a foreign database and a path that is a file', async () => {
    const dataDir = path.join(home, 'data');
    await (await startEmbeddedPostgres({ dataDir, ...quiet })).stop();
    fs.writeFileSync(path.join(dataDir, 'postgres', 'PG_VERSION'), '14\n');
    await expect(startEmbeddedPostgres({ dataDir, ...quiet })).rejects.toThrow(/written by PostgreSQL 14/);

    fs.rmSync(path.join(dataDir, 'postgres', 'PG_VERSION'));
    await expect(startEmbeddedPostgres({ dataDir, ...quiet })).rejects.toThrow(/no database of Cairn/);

    const file = path.join(home, 'file');
    fs.writeFileSync(file, '');
    await expect(startEmbeddedPostgres({ dataDir: file, ...quiet })).rejects.toThrow(/there is a file of that name/);
    await expect(startEmbeddedPostgres({ dataDir: path.join(file, 'data'), ...quiet })).rejects.toThrow(
      /a part of the path is a file/,
    );
  });

  it('is removed with everything it keeps, unless it runs', async () => {
    const dataDir = path.join(home, 'data');
    const server = await startEmbeddedPostgres({ dataDir, ...quiet });
    await expect(removeEmbeddedPostgres(dataDir)).rejects.toThrow(/runs on the data folder/);
    await server.stop();
    await removeEmbeddedPostgres(dataDir);
    expect(fs.existsSync(dataDir)).toBe(false);
    await removeEmbeddedPostgres(dataDir);
  });

  (isRoot ? it : it.skip)('keeps its files elsewhere when its user can not reach the folder', async () => {
    fs.chmodSync(home, 0o700);
    const dataDir = path.join(home, 'data');
    const notices: string[] = [];
    const server = await startEmbeddedPostgres({
      dataDir,
      notice: (sentence) => notices.push(sentence),
      onLost: quiet.onLost,
    });
    const elsewhere = fs.realpathSync(path.join(dataDir, 'postgres'));
    expect(notices.join(' ')).toContain(`can't reach ${dataDir}`);
    expect(elsewhere.startsWith('/var/lib/cairn/')).toBe(true);
    expect(await ask(await joinEmbeddedPostgres(dataDir), 'SELECT 1')).toEqual([1]);
    await server.stop();

    const again = await startEmbeddedPostgres({ dataDir, ...quiet });
    expect(fs.realpathSync(path.join(dataDir, 'postgres'))).toBe(elsewhere);
    await again.stop();
    await removeEmbeddedPostgres(dataDir);
    expect(fs.existsSync(path.dirname(elsewhere))).toBe(false);
  });
});
