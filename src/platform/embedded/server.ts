import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, StartError } from '../start-error';
import type { Account } from './account';
import type { Binaries } from './binaries';
import { postgresFault, processOptions } from './cluster';
import { commandLine, processStamp } from './process-stamp';

/** A running Postgres, a child of this process. */
export type Server = {
  readonly port: number;
  /** Resolves, once the process has ended, with the last it said. */
  readonly ended: Promise<string>;
  /** Ends its sessions, writes everything out and waits until it has ended. */
  readonly stop: () => Promise<void>;
};

/** What makes it faster and not less safe; `npm run bench` starts its servers with the same. */
export const TUNING = [
  'shared_buffers=256MB',
  // Queries here are short; compiling them would take longer than running them.
  'jit=off',
];

const SETTINGS = [
  ...TUNING,
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'timezone=UTC',
  // A refused statement is the business of whoever sent it, and frequent: conflicts are refused that way.
  'log_min_messages=log',
  'log_min_error_statement=panic',
];

const POLL_MS = 15;
const PORT_ATTEMPTS = 5;
const FAST_STOP_MS = 60_000;
const KEPT_OUTPUT = 8_000;

/**
 * Starts Postgres on `folder` and waits until it takes connections, however long recovery after a crash may take. The
 * caller holds the lock of the folder. Nothing it does is less durable than Postgres is by default.
 *
 * @param preferredPort taken when it is free, so that those who joined before a restart find it again
 * @throws StartError
 */
export async function startServer(
  folder: string,
  account: Account,
  binaries: Binaries,
  preferredPort: number | undefined,
): Promise<Server> {
  await endLeftOver(folder);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? preferredPort : undefined);
    const { child, output } = launch(folder, account, binaries, port);
    const server = supervise(child, output, folder, account, binaries, port);
    if (await becomesReady(child, folder)) return server;
    const said = await server.ended;
    // Somebody took the port between our look and the start.
    if (attempt < PORT_ATTEMPTS && /Address already in use|could not bind/.test(said)) continue;
    if (said.includes('lock file "postmaster.pid" already exists')) {
      throw new StartError(`Another Postgres runs on ${folder}: stop it first, or set DATA_DIR to another folder.`);
    }
    throw postgresFault('start', said);
  }
}

function launch(folder: string, account: Account, binaries: Binaries, port: number) {
  const flags = SETTINGS.flatMap((setting) => ['-c', setting]);
  const child = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...flags], processOptions(account));
  let kept = '';
  const keep = (chunk: Buffer): void => {
    kept = (kept + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { child, output: () => kept };
}

function supervise(
  child: ChildProcess,
  output: () => string,
  folder: string,
  account: Account,
  binaries: Binaries,
  port: number,
): Server {
  const guard = startGuard(child.pid);
  const ended = new Promise<string>((resolve) => {
    const onEnd = (): void => {
      guard?.kill('SIGKILL');
      resolve(output());
    };
    child.once('error', (error) => {
      guard?.kill('SIGKILL');
      resolve(`${output()}\nerror: ${error.message}`);
    });
    child.once('close', onEnd);
  });
  const stop = async (): Promise<void> => {
    if (process.platform === 'win32') {
      spawn(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast'], processOptions(account));
      await ended;
      return;
    }
    // SIGINT is the fast shutdown; SIGQUIT gives up on a clean one and leaves the rest to recovery.
    child.kill('SIGINT');
    const hurry = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_MS);
    await ended;
    clearTimeout(hurry);
  };
  return { port, ended, stop };
}

/**
 * Ends Postgres when this process is killed and can't do it: a shell of its own session waits for the end of a pipe
 * that only this process holds open.
 */
function startGuard(pid: number | undefined): ChildProcess | undefined {
  if (pid === undefined || process.platform === 'win32') return undefined;
  const guard = spawn('/bin/sh', ['-c', `cat >/dev/null; kill -INT ${pid}`], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a guard Postgres runs as well; only a kill -9 would leave it to the next start to end.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return guard;
}

/** @returns false when the process ended instead */
async function becomesReady(child: ChildProcess, folder: string): Promise<boolean> {
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const [pid, , , , , , , status] = readPidFile(folder);
    if (Number(pid) === child.pid && status?.trim() === 'ready') return true;
    await sleep(POLL_MS);
  }
  return false;
}

/**
 * A Postgres that outlived a killed process is ended and waited for. A pid file whose number meanwhile belongs to some
 * other program (in containers that is the rule) would stop Postgres from starting: it gets a number nobody has, and
 * keeps the rest, by which Postgres finds out whether sessions of the old server are still there.
 */
async function endLeftOver(folder: string): Promise<void> {
  const lines = readPidFile(folder);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || processStamp(pid) === undefined) return;
  const command = commandLine(pid);
  if (command === undefined) return;
  if (!command.includes(folder)) {
    writeFileSync(pidFile(folder), [String(NOBODYS_PID), ...lines.slice(1)].join('\n'));
    return;
  }
  const stamp = processStamp(pid);
  signal(pid, 'SIGINT');
  for (let waited = 0; processStamp(pid) === stamp; waited += POLL_MS) {
    if (waited > FAST_STOP_MS) {
      throw new StartError(`A Postgres of an earlier run (process ${pid}) does not end on ${folder}: end it first.`);
    }
    await sleep(POLL_MS);
  }
}

const NOBODYS_PID = 999_999_999;

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function pidFile(folder: string): string {
  return join(folder, 'postmaster.pid');
}

function readPidFile(folder: string): string[] {
  try {
    return readFileSync(pidFile(folder), 'utf8').split('\n');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function freePort(preferred: number | undefined): Promise<number> {
  const tried = preferred === undefined ? undefined : await listenOnce(preferred);
  const port = tried ?? (await listenOnce(0));
  if (port === undefined) throw new StartError('No port is free on 127.0.0.1 for the embedded Postgres.');
  return port;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(undefined);
    });
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' ? address?.port : undefined);
      });
    });
  });
}
