import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Who asks: the claims of their token. */
type Who = { readonly sub: string; readonly roles: readonly string[]; readonly tenant: string };

/** The product in a process of its own, embedded, that a test can kill. */
export type Server = {
  readonly url: string;
  /** A command. @throws when it is not carried out, or the server is gone. */
  readonly send: (who: Who, path: string, body: object, headers?: Record<string, string>) => Promise<any>;
  readonly read: (who: Who, path: string) => Promise<any>;
  /** SIGKILL: nothing is put in order. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const root = join(__dirname, '../..');

export async function startServerProcess(dataDir: string, environment: NodeJS.ProcessEnv = {}): Promise<Server> {
  const child = spawn(process.execPath, ['-r', './test/support/swc-register.cjs', 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await addressOf(child);
  const exited = once(child, 'exit');
  const tokens = new Map<string, Promise<string>>();

  const tokenOf = (who: Who): Promise<string> => {
    const claims = JSON.stringify(who);
    const known = tokens.get(claims) ?? post('/dev/tokens', claims, {}).then(({ token }) => token as string);
    tokens.set(claims, known);
    return known;
  };
  const post = (path: string, body: string, headers: Record<string, string>): Promise<any> =>
    json(fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };

  return {
    url,
    send: async (who, path, body, headers = {}) =>
      post(path, JSON.stringify(body), { authorization: `Bearer ${await tokenOf(who)}`, ...headers }),
    read: async (who, path) =>
      json(fetch(`${url}${path}`, { headers: { authorization: `Bearer ${await tokenOf(who)}` } })),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function json(answer: Promise<Response>): Promise<any> {
  const response = await answer;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text);
}

/** Reads the line with which the server says where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = /listens on (http\S+)/.exec(output);
      if (match?.[1]) resolve(match[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      reject(new Error(`The server ended with ${String(code)} before it listened: ${output}`));
    });
  });
}
