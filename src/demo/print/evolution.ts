import type { PlanRevision } from '../../application/queries/shapes';
import type { Api } from '../api';
import { client, engagementId } from '../stories/career-season/people';
import { bold, cut, dim, print, printTitle, WIDTH, wrap, yellow } from './terminal';
import { dateInWords, listed, shortDate } from './words';

const LABEL = 13;
const INDENT = '      ';

/** Every revision of the plan in words: when, why, agreed by whom, what led to it, what changed. */
export async function printEvolution(api: Api): Promise<void> {
  printTitle('How the plan evolved', 'why did it change, who agreed, what led to it?');
  const revisions = await api.list<PlanRevision>(client, `/engagements/${engagementId}/plan/revisions`);
  for (const revision of revisions) printRevision(revision);
}

function printRevision(revision: PlanRevision): void {
  const { kind, reasonCode, agreedBy, sponsorInformed, reasonText, triggeredBy, sentences } = revision;
  const agreed = `agreed by ${listed(agreedBy)}${sponsorInformed ? ', sponsor informed' : ''}`;
  const reason = kind === 'agreed' ? '' : ` ${yellow(reasonCode ?? '')},`;
  print(`  ${bold(`revision ${revision.revision}`)}  ${dateInWords(revision.effectiveOn)} ${reason} ${dim(agreed)}`);
  if (reasonText !== null) print(`${INDENT}${wrap(reasonText, INDENT, WIDTH - INDENT.length)}`);
  if (revision.recordedAt.slice(0, 10) !== revision.effectiveOn) {
    labelled('recorded on', [
      `${dateInWords(revision.recordedAt)} by the ${revision.actor.role}, with the day on which it was agreed`,
    ]);
  }
  labelled(
    'led to by',
    triggeredBy.map(({ occurredAt, sentence }) => `${shortDate(occurredAt)}  ${sentence}`),
  );
  labelled('changed', sentences);
}

function labelled(label: string, lines: readonly string[]): void {
  lines.forEach((line, index) => {
    const head = index === 0 ? dim(label.padEnd(LABEL)) : ' '.repeat(LABEL);
    print(`${INDENT}${head}${cut(line, WIDTH - INDENT.length - LABEL)}`);
  });
}
