import { existsSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { postgresAccount } from './embedded/account';
import { findBinaries, SHARED_ROOT } from './embedded/binaries';
import { existingAccount, openCluster, SUPERUSER } from './embedded/cluster';
import { readConnection, writeConnection } from './embedded/connection-file';
import { folderHolder, lockFolder } from './embedded/folder-lock';
import { type Server, startServer } from './embedded/server';
import { explainingFileFaults, StartError } from './start-error';

/** A Postgres that runs, and how to be done with it. */
export type RunningPostgres = { readonly connectionString: string; readonly stop: () => Promise<void> };

export type EmbeddedOptions = {
  /** Made when it is missing. */
  readonly dataDir: string;
  /** Told what a person should know: that a database is made, that files are kept elsewhere. */
  readonly notice: (sentence: string) => void;
  /** Called when Postgres ends without having been told to: nothing can be recorded any more. */
  readonly onLost: (error: Error) => void;
};

const DATABASE = 'cairn';
const JOIN_MS = 60_000;
const JOIN_POLL_MS = 50;

/**
 * Runs a real Postgres on `dataDir` for as long as this process lives, with a database `cairn` in it. It listens on
 * 127.0.0.1 only. It does not stop by itself on a signal: call `stop` after everything that uses it has ended. When
 * this process is killed, it ends too, and loses nothing that was committed.
 *
 * @throws StartError, FolderInUse when another process runs one on the same folder
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<RunningPostgres> {
  const dataDir = resolve(options.dataDir);
  return explainingFileFaults(dataDir, async () => {
    mkdirSync(dataDir, { recursive: true });
    const lock = lockFolder(dataDir);
    try {
      const account = existingAccount(dataDir)?.account ?? postgresAccount();
      const binaries = findBinaries(account, options.notice);
      const cluster = await openCluster(dataDir, account, binaries, options.notice);
      const server = await startServer(cluster.folder, account, binaries, lastPort(dataDir));
      try {
        await createDatabase(connectionString(server.port, cluster.password, 'postgres'));
        const url = connectionString(server.port, cluster.password, DATABASE);
        writeConnection(dataDir, { connectionString: url, server: lock.holder });
        return { connectionString: url, stop: stopper(server, lock.release, options.onLost) };
      } catch (error) {
        await server.stop();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/**
 * How to reach the Postgres that another process runs on `dataDir`; waits for one that is just starting.
 * @throws StartError when none runs there
 */
export async function joinEmbeddedPostgres(dataDir: string): Promise<string> {
  const folder = resolve(dataDir);
  return explainingFileFaults(folder, async () => {
    for (let waited = 0; waited < JOIN_MS; waited += JOIN_POLL_MS) {
      const holder = folderHolder(folder);
      if (holder === undefined) {
        throw new StartError(
          `No Cairn runs on the data folder ${folder}: start it with npm start, or set DATABASE_URL.`,
        );
      }
      const connection = readConnection(folder);
      if (connection?.server.stamp === holder.stamp && connection.server.pid === holder.pid) {
        return connection.connectionString;
      }
      await sleep(JOIN_POLL_MS);
    }
    throw new StartError(
      `The Cairn that runs on the data folder ${folder} has been starting for a minute: see its log.`,
    );
  });
}

/**
 * Deletes what the embedded Postgres keeps in `dataDir`, also where it had to be kept elsewhere.
 * @throws FolderInUse
 */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const folder = resolve(dataDir);
  await explainingFileFaults(folder, () => {
    if (!existsSync(folder)) return;
    lockFolder(folder);
    const files = join(folder, 'postgres');
    if (lstatSync(files, { throwIfNoEntry: false })?.isSymbolicLink() === true && existsSync(files)) {
      const home = dirname(realpathSync(files));
      if (dirname(home) === SHARED_ROOT) rmSync(home, { recursive: true });
    }
    rmSync(folder, { recursive: true });
  });
}

function stopper(server: Server, release: () => void, onLost: (error: Error) => void): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  void server.ended.then((said) => {
    if (stopping === undefined)
      onLost(new Error(`The embedded Postgres has ended: ${said.trim() || 'it said nothing'}`));
  });
  return () => (stopping ??= server.stop().finally(release));
}

async function createDatabase(server: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function connectionString(port: number, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

function lastPort(dataDir: string): number | undefined {
  const last = readConnection(dataDir)?.connectionString;
  return last !== undefined && URL.canParse(last) ? Number(new URL(last).port) : undefined;
}
