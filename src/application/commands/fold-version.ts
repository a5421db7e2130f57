import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names the code that folds a stream: the digest of the files of the folder whose names match. Another release with
 * another fold then makes its own snapshots instead of trusting those of the old one.
 */
export function foldVersionOf(folder: string, names: RegExp): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) {
    if (names.test(file)) hash.update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
