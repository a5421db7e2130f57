import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A Redis of one's own, which keeps nothing when it is killed. */
export type RedisServer = {
  readonly url: string;
  /** SIGKILL; everything in it is gone. */
  readonly kill: () => Promise<void>;
  /** Again, at the same address; resolves when it answers. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/** The program `redis-server` on a free port. */
export async function startRedisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  let stop = (): Promise<void> => Promise.resolve();

  const start = async (): Promise<void> => {
    const child = spawn('redis-server', flags, { stdio: 'ignore' });
    const exited = once(child, 'exit');
    stop = async () => {
      child.kill('SIGKILL');
      await exited;
    };
    const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    await Promise.race([
      client.ping(),
      exited.then(() => Promise.reject(new Error('The Redis server of this test did not start'))),
    ]).finally(() => {
      client.disconnect();
    });
  };
  await start();
  return {
    url,
    start,
    kill: () => stop(),
    stop: async () => {
      await stop();
      // It may still have been writing.
      await sleep(10);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
