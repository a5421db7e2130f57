import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error';
import { type Account, accountOf, canReach } from './account';
import { type Binaries, makeSharedRoot, SHARED_ROOT } from './binaries';

/** The files of one Postgres server. */
export type Cluster = { readonly folder: string; readonly password: string };

export const SUPERUSER = 'cairn';

const FOLDER = 'postgres';
const STAGING = '.new-';
const PASSWORD_FILE = 'cairn.password';

/** Who owns the files that are there already, or undefined when there are none yet. */
export function existingAccount(dataDir: string): { account: Account } | undefined {
  const folder = join(dataDir, FOLDER);
  if (!existsSync(join(folder, 'PG_VERSION'))) return undefined;
  return { account: accountOf(statSync(folder)) };
}

/**
 * The server's files under `dataDir`, made when there are none. They appear complete or not at all, whatever ends the
 * process meanwhile. Call it while holding the folder's lock.
 *
 * @throws StartError when the files are of another version, can't be reached, or can't be made
 */
export async function openCluster(
  dataDir: string,
  account: Account,
  binaries: Binaries,
  notice: (sentence: string) => void,
): Promise<Cluster> {
  removeHalfMade(dataDir);
  if (existingAccount(dataDir) === undefined) await createCluster(dataDir, account, binaries, notice);
  const folder = realpathSync(join(dataDir, FOLDER));
  if (!canReach(account, folder)) {
    throw new StartError(
      `The user ${account?.name ?? ''}, which runs Postgres, can't reach ${folder}: ` +
        'open the folders above it (chmod o+x), or set DATA_DIR to another folder.',
    );
  }
  const version = Number(readFileSync(join(folder, 'PG_VERSION'), 'utf8'));
  if (version !== binaries.majorVersion) {
    throw new StartError(
      `The data in ${dataDir} was written by PostgreSQL ${version}, but this Cairn brings ${binaries.majorVersion}: ` +
        'dump it with the Cairn that wrote it, or set DATA_DIR to another folder.',
    );
  }
  return { folder, password: readPassword(folder) };
}

async function createCluster(
  dataDir: string,
  account: Account,
  binaries: Binaries,
  notice: (sentence: string) => void,
): Promise<void> {
  const target = join(dataDir, FOLDER);
  if (isOccupied(target)) {
    throw new StartError(`${target} holds something that is no database of Cairn: set DATA_DIR to another folder.`);
  }
  notice(`Making a new database in ${dataDir}.`);
  const reachable = canReach(account, dataDir);
  const home = reachable ? dataDir : makeReachableHome(dataDir, account, notice);
  const staging = mkdtempSync(join(home, STAGING));
  try {
    const files = await initialise(staging, account, binaries);
    const place = join(home, FOLDER);
    rmSync(place, { recursive: true, force: true });
    renameSync(files, place);
    if (!reachable) {
      rmSync(target, { force: true });
      symlinkSync(place, target);
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Whether there is something that is not ours to replace. A link that leads nowhere, or an empty folder, is nothing. */
function isOccupied(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || (found.isSymbolicLink() && !existsSync(path))) return false;
  return !found.isDirectory() || readdirSync(path).length > 0;
}

/** A folder for the files of a server whose account can't get to the data folder; a link there leads to them. */
function makeReachableHome(dataDir: string, account: Account, notice: (sentence: string) => void): string {
  makeSharedRoot();
  const home = mkdtempSync(join(SHARED_ROOT, 'data-'));
  chmodSync(home, 0o755);
  notice(
    `The user ${account?.name ?? ''}, which runs Postgres, can't reach ${dataDir}: its files are kept in ${home}, ` +
      'to which a link there leads.',
  );
  return home;
}

async function initialise(staging: string, account: Account, binaries: Binaries): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(staging, 'password');
  const files = join(staging, FOLDER);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  mkdirSync(files, { mode: 0o700 });
  if (account !== undefined) {
    for (const path of [staging, passwordFile, files]) chownSync(path, account.uid, account.gid);
  }
  await runInitdb(binaries.initdb, account, [
    `--pgdata=${files}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order and case of texts on every system, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  const kept = join(files, PASSWORD_FILE);
  renameSync(passwordFile, kept);
  return files;
}

async function runInitdb(initdb: string, account: Account, flags: readonly string[]): Promise<void> {
  const child = spawn(initdb, flags, processOptions(account));
  // It is in a group of its own, so that a Cairn which is ended meanwhile has to end it.
  const end = (): boolean => child.kill();
  process.once('exit', end);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => process.off('exit', end));
  if (code !== 0) throw postgresFault('make its files', output);
}

/**
 * How programs of Postgres are started: in a process group of their own, so that Ctrl-C in the terminal reaches Cairn
 * alone, in a folder that any account can enter, and without the settings meant for other programs.
 */
export function processOptions(account: Account): {
  detached: boolean;
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdio: ['ignore', 'pipe', 'pipe'];
  uid?: number;
  gid?: number;
} {
  const { PATH, SystemRoot, TEMP } = process.env;
  const passed = Object.entries({ PATH, SystemRoot, TEMP }).filter(([, value]) => value !== undefined);
  return {
    detached: process.platform !== 'win32',
    cwd: process.platform === 'win32' ? (SystemRoot ?? 'C:\\') : '/',
    env: { ...Object.fromEntries(passed), LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  };
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/, 'the disk is full, make room and start again'],
  [/Disk quota exceeded/, 'the disk quota is used up, make room and start again'],
  [/Cannot allocate memory|could not (?:create|map|resize) .*shared memory/, 'there is too little memory'],
  [/Read-only file system/, 'its file system is read-only, set DATA_DIR to another folder'],
  [/Permission denied/, 'it may not use its files, set DATA_DIR to another folder, or change their owner'],
];

/** The StartError for what a program of Postgres printed before it gave up. */
export function postgresFault(attempt: string, output: string): StartError {
  const known = REASONS.find(([pattern]) => pattern.test(output))?.[1];
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const told = lines.filter((line) => /FATAL|PANIC|error:/.test(line)).at(-1) ?? lines.at(-1) ?? 'it does not say why';
  return new StartError(`The embedded Postgres could not ${attempt}: ${known ?? told.trim()}.`);
}

function readPassword(folder: string): string {
  const path = join(folder, PASSWORD_FILE);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new StartError(`${folder} holds a Postgres that is not Cairn's: set DATA_DIR to another folder.`);
}

/** What a process that was ended while it made a cluster left behind. */
function removeHalfMade(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(STAGING)) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}
