import type { CaseloadItem, HealthLevel, Overview, RuleName } from '../../application/queries/shapes';
import type { Id } from '../../engagement/values';
import type { Api, Reader } from '../api';
import { cut, dim, green, print, printTable, printTitle, red, yellow } from './terminal';
import { shortDate } from './words';

const meanings: Readonly<Record<RuleName, string>> = {
  behind: 'less is done than time has passed',
  overdue: 'a milestone is open past its date',
  slipping: 'more than 14 days later than first agreed',
  'no-contact': 'no check-in for three weeks, and none arranged',
  blocked: 'a severe barrier is open for more than 14 days',
};
const marks: Readonly<Record<HealthLevel, string>> = {
  'on-track': green('●'),
  attention: yellow('●'),
  'at-risk': red('●'),
};
const MORNING = 4;

/** What fired in the whole firm, as its manager sees it, and one coach's morning, as that coach sees it. */
export async function printHealth(api: Api, manager: Reader): Promise<void> {
  printTitle('Health of the firm', 'GET /caseload?coachId=…', 'Which engagements drift, and by which rule?');
  const caseloads = await caseloadsByCoach(api, manager);
  const engagements = [...caseloads.values()].flat();
  printTable(
    [{ title: 'rule' }, { title: 'engagements', right: true }, { title: 'at risk', right: true }, { title: '' }],
    Object.entries(meanings).map(([rule, meaning]) => {
      const fired = engagements.map(({ health }) => health.rules.filter((one) => one.rule === rule));
      const atRisk = fired.filter((rules) => rules.some(({ level }) => level === 'at-risk')).length;
      const all = fired.filter((rules) => rules.length > 0).length;
      return [rule, String(all), atRisk === 0 ? '' : red(String(atRisk)), dim(meaning)];
    }),
  );
  const count = (level: HealthLevel): string =>
    `${marks[level]} ${engagements.filter(({ health }) => health.level === level).length}`;
  print(
    '',
    `  of ${engagements.length} under way ${count('on-track')} on track, ` +
      `${count('attention')} want attention, ${count('at-risk')} at risk`,
  );
  const busiest = [...caseloads].sort(([, a], [, b]) => b.length - a.length)[0];
  if (busiest) await printMorning(api, busiest[0]);
}

/** Coaches are those of the engagements under way. */
async function caseloadsByCoach(api: Api, manager: Reader): Promise<ReadonlyMap<Id, readonly CaseloadItem[]>> {
  const overviews = await api.list<Overview>(manager, '/engagements?state=active');
  const coaches = [...new Set(overviews.map(({ coach }) => coach.participantId))];
  const caseloads = new Map<Id, readonly CaseloadItem[]>();
  for (const coachId of coaches) {
    const items = await api.list<CaseloadItem>(manager, `/caseload?coachId=${coachId}`);
    caseloads.set(
      coachId,
      items.filter(({ state }) => state === 'active'),
    );
  }
  return caseloads;
}

async function printMorning(api: Api, coachId: Id): Promise<void> {
  const coach: Reader = { id: coachId, role: 'coach' };
  const caseload = await api.list<CaseloadItem>(coach, '/caseload');
  const { name } = await api.get<{ name: string | null }>(coach, `/participants/${coachId}`);
  print('', `  the morning of ${name ?? 'a coach'}, the most pressing of ${caseload.length} first`);
  for (const { client, health, nextCheckIn, dueNext } of caseload.slice(0, MORNING)) {
    const rules = [...new Set(health.rules.map(({ rule }) => rule))].join(', ');
    const next = nextCheckIn === null ? 'nothing arranged' : `meets ${shortDate(nextCheckIn.scheduledFor)}`;
    const due = dueNext === null ? '' : cut(`due ${shortDate(dueNext.dueOn)}: ${dueNext.title ?? ''}`, 31);
    print(
      `  ${marks[health.level]} ${(client.name ?? '').padEnd(20)}${rules.padEnd(27)}${dim(`${next.padEnd(17)} ${due}`)}`,
    );
  }
}
