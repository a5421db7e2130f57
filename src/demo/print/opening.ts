import type { DemoRecord } from '../data-folder';
import { bold, dim, print } from './terminal';

/** What is going to happen, or that it has happened already. */
export function printOpening(dataDir: string, { played, today }: DemoRecord): void {
  print('', `  ${bold('Cairn')}  ${dim('why a plan changed, who agreed, and what was known then')}`);
  if (played) {
    print(dim(`  The cases of ${today} are in ${dataDir} already; --fresh plays them anew.`));
  } else {
    print(dim(`  Starts Postgres in ${dataDir}, plays a few cases in, then asks what the record knows.`), '');
  }
}
