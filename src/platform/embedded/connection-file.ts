import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../start-error';
import { runsAsRoot } from './account';
import type { Holder } from './folder-lock';

/** How the running server of a folder is reached, for the CLI and for further roles on the same machine. */
export type Connection = { readonly connectionString: string; readonly server: Holder };

const FILE = 'connection.json';

/** Replaces the file as a whole; only its owner may read it, since it holds the password. */
export function writeConnection(dataDir: string, connection: Connection): void {
  const path = join(dataDir, FILE);
  const half = `${path}.${process.pid}`;
  writeFileSync(half, `${JSON.stringify(connection, undefined, 2)}\n`, { mode: 0o600 });
  if (runsAsRoot()) {
    // Root also runs folders of other users, who will want to run them again themselves.
    const owner = statSync(dataDir);
    chownSync(half, owner.uid, owner.gid);
  }
  renameSync(half, path);
}

/** What the file says, of a running server or of the last one; undefined when there is none, or it can't be read. */
export function readConnection(dataDir: string): Connection | undefined {
  try {
    const { connectionString, server } = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as Partial<Connection>;
    return connectionString !== undefined && server !== undefined ? { connectionString, server } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
