import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, StartError } from '../start-error';
import { processStamp } from './process-stamp';

/** The process that runs the embedded server of a folder. */
export type Holder = { readonly pid: number; readonly stamp: string };

const FILE = 'server.lock';

/** A lock that can't be read is being written, unless it is older than this: then its writer died over it. */
const UNREADABLE_MS = 10_000;

/**
 * Makes this process the one that runs the server of `dataDir`. What a killed process left behind does not count.
 * @returns how to give it up again
 * @throws StartError when another process holds it
 */
export function lockFolder(dataDir: string): { readonly holder: Holder; readonly release: () => void } {
  const path = join(dataDir, FILE);
  const holder: Holder = { pid: process.pid, stamp: processStamp(process.pid) ?? 'unknown' };
  const content = JSON.stringify(holder);
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      writeFileSync(path, content, { flag: 'wx', mode: 0o644 });
      return {
        holder,
        release: () => {
          if (readText(path) === content) rmSync(path, { force: true });
        },
      };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const found = readText(path);
    if (found === undefined) continue;
    const other = parseHolder(found);
    if (other === undefined ? isFresh(path) : isRunning(other)) throw inUse(dataDir, other);
    removeStale(path, found);
  }
  throw inUse(dataDir, undefined);
}

/** The running process that holds the folder's server, if there is one. */
export function folderHolder(dataDir: string): Holder | undefined {
  const holder = parseHolder(readText(join(dataDir, FILE)) ?? '');
  return holder !== undefined && isRunning(holder) ? holder : undefined;
}

export class FolderInUse extends StartError {}

function inUse(dataDir: string, holder: Holder | undefined): FolderInUse {
  const who = holder === undefined ? 'Another Cairn' : `Another Cairn (process ${holder.pid})`;
  return new FolderInUse(
    `${who} runs on the data folder ${dataDir}: stop it first, or set DATA_DIR to another folder.`,
  );
}

/** Two processes may find the same stale lock: only the one that moves it away, and finds it unchanged, removes it. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    // Somebody else was faster, and this is the new holder's: put it back.
    if (readText(aside) !== stale) renameSync(aside, path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  rmSync(aside, { force: true });
}

function isRunning(holder: Holder): boolean {
  return processStamp(holder.pid) === holder.stamp;
}

function isFresh(path: string): boolean {
  try {
    return performance.timeOrigin + performance.now() - statSync(path).mtimeMs < UNREADABLE_MS;
  } catch {
    return true;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, stamp } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof stamp === 'string' ? { pid, stamp } : undefined;
  } catch {
    return undefined;
  }
}
