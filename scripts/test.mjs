/**
 * `npm test [-- arguments of jest]`; with `--faults` the long runs of test/faults, in which processes are killed and
 * connections cut many times over.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensure, orExplain } from './ensure.mjs';

const given = process.argv.slice(2);
const faults = given.includes('--faults');
const args = [...(faults ? ['test/faults'] : []), ...given.filter((arg) => arg !== '--faults')];

await orExplain(() => ensure({ build: false }));

const jest = path.join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
const child = spawn(process.execPath, [jest, ...args], {
  stdio: 'inherit',
  env: { ...process.env, ...(faults ? { CAIRN_FAULTS: 'full' } : {}) },
});
// Ctrl-C reaches jest from the terminal; it cleans up and ends, and so do we. Other signals reach us alone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code) => process.exit(code ?? 1));
