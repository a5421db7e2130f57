import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

jest.setTimeout(60_000);

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** Runs a program whose stop takes so long, and resolves when it has started. */
async function start(code: string) {
  const program = `
    const { runProgram } = require('./src/platform/lifecycle');
    const { StartError } = require('./src/platform/start-error');
    const { createLogger } = require('./src/platform/logging');
    const logger = () => createLogger('error', { write: (line) => console.log(JSON.parse(line).msg) });
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    setInterval(() => {}, 1000);
    runProgram(async (lifecycle) => { ${code}; console.log('started'); }, logger);`;
  const running = spawn(process.execPath, ['-r', './test/support/swc-register.cjs', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = running;
  const lines: string[] = [];
  let complaint = '';
  running.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const reader = createInterface({ input: running.stdout });
  reader.on('line', (line) => lines.push(line));
  const closed = once(running, 'close');
  await Promise.race([once(reader, 'line'), closed]);
  return {
    signal: (name: NodeJS.Signals) => running.kill(name),
    ended: async () => {
      await closed;
      return { code: running.exitCode, lines, complaint };
    },
  };
}

describe('a program', () => {
  const SLOW = `lifecycle.onStop('it', async () => { console.log('stopping'); await sleep(1500); console.log('stopped'); })`;

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stops in order on %s and ends with 0', async (name) => {
    const program = await start(SLOW);
    program.signal(name);
    expect(await program.ended()).toEqual({ code: 0, lines: ['started', 'stopping', 'stopped'], complaint: '' });
  });

  it('takes the two signals of one key press under npm for one', async () => {
    const program = await start(SLOW);
    program.signal('SIGINT');
    program.signal('SIGINT');
    expect(await program.ended()).toMatchObject({ code: 0, lines: ['started', 'stopping', 'stopped'] });
  });

  it('ends at once when it is asked again', async () => {
    const program = await start(SLOW);
    program.signal('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 800));
    program.signal('SIGINT');
    expect(await program.ended()).toMatchObject({ code: 130, lines: ['started', 'stopping'] });
  });

  it('ends with 1 when something did not stop', async () => {
    const program = await start(`lifecycle.onStop('the pool', () => Promise.reject(new Error('stuck')))`);
    program.signal('SIGTERM');
    expect(await program.ended()).toMatchObject({ code: 1, lines: ['started', 'the pool did not stop cleanly'] });
  });

  it('says what a person can put right in a sentence, and stops what had started', async () => {
    const program = await start(
      `lifecycle.onStop('it', () => console.log('stopped')); throw new StartError('Port 3000 is in use.')`,
    );
    expect(await program.ended()).toEqual({ code: 1, lines: ['stopped'], complaint: 'Port 3000 is in use.\n' });
  });

  it('shows the stack of what nobody expected', async () => {
    const { code, complaint } = await (await start(`throw new Error('a bug')`)).ended();
    expect(code).toBe(1);
    expect(complaint).toMatch(/^Error: a bug\n {4}at /);
  });
});
