import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export type OwnServerOptions = {
  /** With fsync, as in production; default false. */
  readonly durable?: boolean;
  /** Further flags of `postgres`, such as `['-c', 'max_connections=20']`. */
  readonly flags?: readonly string[];
  /** A folder that stays when the server stops; an existing one is started again. Default a temporary one. */
  readonly dataDir?: string;
  /** Default any free one. */
  readonly port?: number;
};

export type OwnServer = {
  readonly url: string;
  /** Of the postmaster: a test may kill it. */
  readonly pid: number;
  readonly dataDir: string;
  stop(): Promise<void>;
};

/**
 * A Postgres of one's own, for tests that hold transactions open, kill servers or measure. It runs beside us in a
 * process that ends it when we end, however that happens. Paths are those of the repository's root.
 */
export async function startOwnServer(options: OwnServerOptions = {}): Promise<OwnServer> {
  const script = resolve('test/support/postgres-server.mjs');
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([once(lines, 'line'), exited.then(() => null)]);
  if (line === null) throw new Error('The Postgres server of this test did not start');
  const started = JSON.parse(String(line[0])) as Omit<OwnServer, 'stop'>;
  return {
    ...started,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
