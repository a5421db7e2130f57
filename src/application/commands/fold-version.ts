import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a folder: those whose names match. */
export type Sources = { readonly folder: string; readonly names: RegExp };

/**
 * Names the code that folds a stream: the digest of its files. Another release with another fold then makes its own
 * snapshots instead of trusting those of the old one.
 */
export function foldVersionOf(...sources: readonly Sources[]): string {
  const hash = createHash('sha256');
  for (const { folder, names } of sources) {
    for (const file of readdirSync(folder).sort()) {
      if (names.test(file)) hash.update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
