import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensure, orExplain } from './ensure.mjs';

/**
 * Makes the clone ready and runs a built program in this very process, with the arguments of the command: so a signal
 * reaches the program once and directly, and the command ends when the program does.
 */
export async function runBuilt(program) {
  await orExplain(() => ensure({ build: true }));
  const file = path.join(import.meta.dirname, '..', 'dist', program);
  process.setSourceMapsEnabled(true);
  process.argv[1] = file;
  await import(pathToFileURL(file).href);
}
