import { execFileSync, spawnSync } from 'node:child_process';
import { StartError } from '../start-error';

/**
 * Who Postgres runs as: this user (undefined), or another one when this is root, which Postgres refuses to run as.
 */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string } | undefined;

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * For root: the system's user for Postgres, made when there is none. For anyone else: undefined.
 * @throws StartError when there is no such user and none can be made
 */
export function postgresAccount(): Account {
  if (!runsAsRoot()) return undefined;
  const existing = lookUp('postgres') ?? lookUp('_postgres');
  if (existing !== undefined) return existing;
  // Fails when another process makes the user at the same moment: what counts is that it is there afterwards.
  spawnSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
  spawnSync('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres'], { stdio: 'ignore' });
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (account !== undefined) return account;
  throw new StartError(
    'Postgres does not run as root, and the user "postgres" could not be made: start Cairn as an ordinary user.',
  );
}

/** For root: the user that owns files which are there already. */
export function accountOf(owner: { readonly uid: number; readonly gid: number }): Account {
  if (!runsAsRoot() || owner.uid === 0) return postgresAccount();
  return { uid: owner.uid, gid: owner.gid, name: `with id ${owner.uid}` };
}

/** Whether the account may read the file, or pass through the folder; asks the system, since ACLs count too. */
export function canReach(account: Account, path: string): boolean {
  if (account === undefined) return true;
  const { uid, gid } = account;
  return ['-r', '-x'].some((test) => spawnSync('test', [test, path], { uid, gid, cwd: '/' }).status === 0);
}

function lookUp(name: string): Account {
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g'), name };
  } catch {
    return undefined;
  }
}
