import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How a run of `cairn` ended. `code` is null when a signal ended it. */
export type CliRun = { readonly code: number | null; readonly out: string; readonly error: string };

const root = join(__dirname, '../..');

/** `cairn` in a process of its own. */
export function startCli(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['-r', './test/support/swc-register.cjs', 'src/cli/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()));
  const ended = once(child, 'close').then(([code]): CliRun => ({ code: code as number | null, ...said }));
  return { ended, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

export function runCli(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CliRun> {
  return startCli(args, environment).ended;
}
