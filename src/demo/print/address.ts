import type { Api } from '../api';
import { TENANT } from '../settings';
import { client, engagementId } from '../stories/career-season/people';
import { bold, dim, print, printTitle } from './terminal';

/** Where it goes on: the address, and lines to paste into a shell. */
export function printAddress({ url }: Api, dataDir: string, serves: boolean): void {
  if (!serves) {
    print('', dim(`  The data stays in ${dataDir}: npm run demo shows it again, npm start serves it.`));
    return;
  }
  const claims = JSON.stringify({ tenant: TENANT, sub: client.id, roles: ['client'] });
  printTitle('Ask it yourself', '', `In the name of ${client.name}:`);
  print(
    `  TOKEN=$(curl -s ${url}/dev/tokens -H 'content-type: application/json' \\`,
    `    -d '${claims}' | cut -d'"' -f4)`,
    `  CASE=${url}/v1/engagements/${engagementId}`,
    `  curl -sw "\\n" -H "Authorization: Bearer $TOKEN" $CASE/plan/revisions`,
    `  curl -sw "\\n" -H "Authorization: Bearer $TOKEN" "$CASE/plan/diff?from=2&to=3"`,
    '',
    `  ${bold(`Cairn serves on ${url}`)}${dim(`, its API with examples on ${url}/docs`)}`,
    dim(`  The data stays in ${dataDir}, where npm start serves it too. Ctrl-C stops it.`),
  );
}
