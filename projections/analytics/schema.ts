import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const files = ['schema', 'facts', 'attainment', 'daily', 'tables', 'every-view'];

/**
 * The statements of the schema `analytics`, to be run as a whole in one transaction: at every start, and whenever tables
 * that the views read were exchanged, since a view keeps to the table it was made over until it is replaced. Running them
 * again changes nothing; grants and what others built on the views stay.
 */
export function analyticsSchema(): string {
  return files.map((name) => readFileSync(join(__dirname, `${name}.sql`), 'utf8')).join('\n');
}
