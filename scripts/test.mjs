/**
 * `npm test [-- arguments of jest]`; with `--faults` the long runs of test/faults, in which processes are killed and
 * connections cut many times over; with `--eventstoredb` the specs of the log in EventStoreDB and the whole product on it,
 * against the server that EVENTSTOREDB_TEST_URL names; with `--redis` those of the queues, also on the Redis that
 * REDIS_TEST_URL names.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensure, orExplain } from './ensure.mjs';

const given = process.argv.slice(2);
const faults = given.includes('--faults');
const eventStoreDb = given.includes('--eventstoredb');
const redis = given.includes('--redis');
const args = [
  // Of the long runs those alone that have to do with queues, when both are asked for.
  ...(faults && !redis ? ['test/faults'] : []),
  ...(eventStoreDb ? ['eventstoredb', 'test/e2e'] : []),
  ...(redis ? ['test/jobs/queues', 'test/faults/(due-work|redis-kill|worker-kill)', '-t', '[Rr]edis'] : []),
  ...given.filter((arg) => !['--faults', '--eventstoredb', '--redis'].includes(arg)),
];

if (eventStoreDb && !process.env.EVENTSTOREDB_TEST_URL) {
  console.error(
    'Set EVENTSTOREDB_TEST_URL to the connection string of an EventStoreDB for tests, for example\n' +
      '  EVENTSTOREDB_TEST_URL="esdb://localhost:2113?tls=false" npm run test:eventstoredb\n' +
      'Each run writes streams under a prefix of its own there and leaves them.',
  );
  process.exit(1);
}

if (redis && !process.env.REDIS_TEST_URL) {
  console.error(
    'Set REDIS_TEST_URL to the address of a Redis for tests, for example\n' +
      '  REDIS_TEST_URL=redis://localhost:6379 npm run test:redis\n' +
      'What is in its numbered databases is thrown away.',
  );
  process.exit(1);
}

await orExplain(() => ensure({ build: false }));

const jest = path.join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
const child = spawn(process.execPath, [jest, ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(faults ? { CAIRN_FAULTS: 'full' } : {}),
    ...(eventStoreDb ? { CAIRN_TEST_EVENT_STORE: 'eventstoredb' } : {}),
  },
});
// Ctrl-C reaches jest from the terminal; it cleans up and ends, and so do we. Other signals reach us alone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code) => process.exit(code ?? 1));
