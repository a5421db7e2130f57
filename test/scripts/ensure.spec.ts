import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

jest.setTimeout(60_000);

const SCRIPTS = path.resolve('scripts');
let root: string;
let started: ChildProcess[];

/** A small repository: its one package is a stand-in for the build tool, and comes from a folder beside it. */
beforeEach(() => {
  started = [];
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-ensure-'));
  write('cli/package.json', { name: '@nestjs/cli', version: '1.0.0' });
  write(
    'cli/bin/nest.js',
    `const fs = require('node:fs');
     fs.appendFileSync('builds', 'x');
     if (fs.readFileSync('src/main.ts', 'utf8').includes('wrong')) { console.log('src/main.ts: wrong'); process.exit(1); }
     fs.rmSync('dist', { recursive: true, force: true });
     fs.mkdirSync('dist');`,
  );
  const dependencies = { '@nestjs/cli': 'file:cli' };
  write('package.json', { name: 'small', version: '1.0.0', dependencies });
  write('package-lock.json', {
    name: 'small',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'small', version: '1.0.0', dependencies },
      cli: { name: '@nestjs/cli', version: '1.0.0' },
      'node_modules/@nestjs/cli': { resolved: 'cli', link: true },
    },
  });
  write('src/main.ts', 'export {};');
});

afterEach(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  fs.rmSync(root, { recursive: true });
});

function write(file: string, content: object | string): void {
  const target = path.join(root, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
}

async function script(code: string, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started.push(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, said };
}

function ensure(options: { build: boolean; environment?: Record<string, string> } = { build: true }) {
  const code = `import { ensure, orExplain } from '${SCRIPTS}/ensure.mjs';
    await orExplain(() => ensure(${JSON.stringify({ build: options.build, root })}));`;
  return script(code, options.environment);
}

const builds = (): number =>
  fs.existsSync(path.join(root, 'builds')) ? fs.statSync(path.join(root, 'builds')).size : 0;

describe('making a clone ready', () => {
  it('installs and builds what is missing, says so, and does nothing the next time', async () => {
    const first = await ensure();
    expect(first).toMatchObject({ exitCode: 0, said: expect.stringMatching(/Installing .*\n.*Building/) });
    expect(fs.existsSync(path.join(root, 'node_modules/@nestjs/cli'))).toBe(true);
    expect(await ensure()).toEqual({ exitCode: 0, said: '' });
    expect(builds()).toBe(1);
  });

  it('builds again when a source has changed, by its content', async () => {
    await ensure();
    write('src/main.ts', 'export {};');
    expect((await ensure()).said).toBe('');
    write('src/table.sql', 'SELECT 1');
    expect((await ensure()).said).toMatch(/^Building/);
    write('src/main.spec.ts', 'a test is no part of the build');
    expect((await ensure()).said).toBe('');
    expect(builds()).toBe(2);
  });

  it('installs again when the lock file asks for another version', async () => {
    await ensure({ build: false });
    const lock = path.join(root, 'node_modules/.package-lock.json');
    const installed = JSON.parse(fs.readFileSync(lock, 'utf8'));
    installed.packages['node_modules/@nestjs/cli'].version = '0.9.0';
    fs.writeFileSync(lock, JSON.stringify(installed));
    expect((await ensure({ build: false })).said).toMatch(/^Installing/);
  });

  it('leaves no build behind that failed', async () => {
    write('src/main.ts', 'wrong');
    const failed = await ensure();
    expect(failed).toMatchObject({ exitCode: 1, said: expect.stringContaining('The code does not build: see above.') });
    expect(failed.said).toContain('src/main.ts: wrong');
    expect((await ensure()).exitCode).toBe(1);
    write('src/main.ts', 'right');
    expect((await ensure()).exitCode).toBe(0);
  });

  it('works once when several commands come at the same moment', async () => {
    const outcomes = await Promise.all([ensure(), ensure(), ensure()]);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(builds()).toBe(1);
    expect(fs.existsSync(path.join(root, '.ensure.lock'))).toBe(false);
  });

  it('does not wait for a command that was killed over it', async () => {
    write('.ensure.lock', '1');
    const longAgo = new Date('2020-01-01');
    fs.utimesSync(path.join(root, '.ensure.lock'), longAgo, longAgo);
    expect((await ensure()).exitCode).toBe(0);
  });

  it('names the network when the packages can not be fetched', async () => {
    const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
    const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    manifest.dependencies.far = lock.packages[''].dependencies.far = '1.0.0';
    lock.packages['node_modules/far'] = { version: '1.0.0', resolved: 'http://127.0.0.1:1/far/-/far-1.0.0.tgz' };
    write('package.json', manifest);
    write('package-lock.json', lock);
    const environment = { npm_config_fetch_retries: '0', npm_config_registry: 'http://127.0.0.1:1/' };
    const { exitCode, said } = await ensure({ build: false, environment });
    expect(exitCode).toBe(1);
    expect(said.trimEnd().split('\n').at(-1)).toMatch(/^The packages could not be fetched: check the network/);
  });

  it('asks for a Node that can run it', async () => {
    const versions = ['18.20.8', '20.18.3', '20.19.0', '21.7.3', '22.11.0', '22.12.0', '24.1.0'];
    const { said } = await script(`import { checkNode, say } from '${SCRIPTS}/ensure.mjs';
      for (const version of ${JSON.stringify(versions)}) {
        try { checkNode(version); say(version); } catch (error) { say(error.message.slice(0, 42)); }
      }`);
    const refused = 'Cairn needs Node 20.19, 22.12 or newer, an';
    expect(said.trim().split('\n')).toEqual([refused, refused, '20.19.0', refused, refused, '22.12.0', '24.1.0']);
  });
});
