import type { Plan, PlanRevision } from '../../application/queries/shapes';
import type { Api } from '../api';
import { client, coach, engagementId, milestones, sponsor } from '../stories/career-season/people';
import { bold, dim, print, printTitle, WIDTH, wrap, yellow } from './terminal';
import { dateInWords, listed, shortDate } from './words';

const LABEL = 14;
/** How many changes of one revision are told: the difference below shows all of them. */
const TOLD = 4;

/** Every revision of the plan in words: when, why, agreed by whom, what led to it, what changed. */
export async function printEvolution(api: Api): Promise<void> {
  printTitle('How the plan evolved', 'GET …/plan/revisions', 'Why did it change, who agreed, what led to it?');
  print(dim(`  ${client.name}, a nurse on her way into health informatics; her coach ${coach.name};`));
  print(dim(`  and ${sponsor.name} of the hospital that pays for it`), '');
  const revisions = await api.list<PlanRevision>(client, `/engagements/${engagementId}/plan/revisions`);
  const [first] = revisions;
  if (first) await printAgreement(api, first);
  for (const revision of revisions.slice(1)) printRevision(revision);
  await printOtherWay(api);
}

/** Revision 1: nothing changes by it, but the dates of all that is in the plan become its baseline. */
async function printAgreement(api: Api, revision: PlanRevision): Promise<void> {
  printRevision(revision);
  const plan = await api.get<Plan>(client, `/engagements/${engagementId}/plan?revision=1`);
  const { goals, milestones: steps, actions } = plan;
  labelled('agreed', [
    `${goals.length} goals, ${steps.length} milestones, ${actions.length} actions; their dates stay the baseline for good`,
  ]);
}

function printRevision(revision: PlanRevision): void {
  const { effectiveOn, recordedAt, reasonCode, reasonText, agreedBy, sponsorInformed } = revision;
  const agreed = `agreed by ${listed(agreedBy)}${sponsorInformed ? ', sponsor informed' : ''}`;
  const reason = reasonCode === null ? '' : ` ${yellow(reasonCode)},`;
  print(`  ${bold(`revision ${revision.revision}`)}  ${dateInWords(effectiveOn)} ${reason} ${agreed}`);
  if (reasonText !== null) labelled('why', [reasonText]);
  if (recordedAt.slice(0, 10) !== effectiveOn) {
    labelled('recorded', [
      `by the ${revision.actor.role} on ${dateInWords(recordedAt)}, with the day of the agreement`,
    ]);
  }
  labelled(
    'led to by',
    revision.triggeredBy.map(({ occurredAt, sentence }) => `${shortDate(occurredAt)}  ${sentence}`),
  );
  const { sentences } = revision;
  const untold = sentences.length - TOLD;
  labelled('changed', [...sentences.slice(0, TOLD), ...(untold > 0 ? [`and ${untold} more, see below`] : [])]);
}

/** Commitments change by an adaptation and in no other way: a plain command that would is refused. */
async function printOtherWay(api: Api): Promise<void> {
  const path = `/engagements/${engagementId}/milestones/${milestones.board}/drop`;
  const answer = await api.send({ as: client, method: 'POST', path, body: { reason: 'Quietly, please' } });
  const { code, rule, detail } = answer.body as { code: string; rule: number; detail: string };
  print(dim(`  no other way: POST …/milestones/{id}/drop is answered with ${answer.status} ${code}, rule ${rule}`));
  labelled('', [detail]);
}

function labelled(label: string, lines: readonly string[]): void {
  lines.forEach((line, index) => {
    const head = (index === 0 ? `  ${label}` : '').padEnd(LABEL);
    // What goes on in the next line stands a little to the right, so that each line begins visibly.
    print(`${dim(head)}${wrap(line, ' '.repeat(LABEL + 2), WIDTH - LABEL)}`);
  });
}
