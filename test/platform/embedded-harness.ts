import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

const started: ChildProcess[] = [];

/** For a start that nobody is to be told about. */
export const quiet = { notice: () => undefined, onLost: () => undefined };

/** A folder that the user who runs Postgres can reach. */
export function makeHome(): string {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-embedded-'));
  fs.chmodSync(home, 0o755);
  return home;
}

/** Stops what `run` started, and removes the folder. */
export async function cleanUp(home: string): Promise<void> {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
  fs.rmSync(home, { recursive: true, force: true });
}

/** Starts the program of `embedded-child.ts`; resolves when it is ready or has ended. */
export async function run(dataDir: string) {
  const child = spawn(
    process.execPath,
    ['-r', './test/support/swc-register.cjs', 'test/platform/embedded-child.ts', dataDir],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  started.push(child);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const lines: Record<string, string>[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Record<string, string>;
      lines.push(said);
      if ('ready' in said) resolve();
    });
  });
  const closed = once(child, 'close');
  await Promise.race([ready, closed]);
  return {
    child,
    closed,
    url: lines.find((line) => 'ready' in line)?.ready,
    notices: lines.flatMap((line) => line.notice ?? []),
    complaint: () => complaint,
  };
}

export async function ask(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

export function postmasterPid(dataDir: string): number {
  return Number(fs.readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** The same, with a password that is not the right one. */
export function wrongPassword(connectionString: string): string {
  const url = new URL(connectionString);
  url.password = 'wrong';
  return url.href;
}
