import { runParts } from './harness';
import { parts } from './parts';

/** `node dist/bench/main.js [part]`: one part, or all of them. */
async function main(): Promise<void> {
  const [wanted] = process.argv.slice(2);
  const chosen = [...parts].filter(([name]) => wanted === undefined || name === wanted).map(([, part]) => part);
  if (chosen.length === 0) {
    process.stderr.write(`There is no part ${wanted ?? ''}. Parts: ${[...parts.keys()].join(', ')}\n`);
    process.exitCode = 1;
    return;
  }
  await runParts(chosen);
}

void main();
