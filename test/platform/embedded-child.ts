import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { runProgram } from '../../src/platform/lifecycle';
import { createLogger } from '../../src/platform/logging';

/** A program that runs the embedded Postgres on the folder it is given, and says how to reach it. */
runProgram(
  async (lifecycle) => {
    const dataDir = process.argv[2] ?? '';
    const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
    const postgres = await startEmbeddedPostgres({
      dataDir,
      notice: (notice) => {
        say({ notice });
      },
      onLost: (error) => {
        say({ lost: error.message });
      },
    });
    lifecycle.onStop('postgres', postgres.stop);
    say({ ready: postgres.connectionString });
  },
  () => createLogger('silent'),
);
