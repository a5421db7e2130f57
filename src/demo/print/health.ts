import type { CaseloadItem, Overview, RuleName } from '../../application/queries/shapes';
import type { Id } from '../../engagement/values';
import type { Api, Reader } from '../api';
import { cut, dim, print, printTable, printTitle, red, yellow } from './terminal';

const meanings: Readonly<Record<RuleName, string>> = {
  behind: 'less is done than time has passed',
  overdue: 'a milestone is open past its date',
  slipping: 'more than 14 days later than first agreed',
  'no-contact': 'no check-in for three weeks, and none arranged',
  blocked: 'a severe barrier is open for more than 14 days',
};

/** What fired in the whole firm, as its manager sees it, and one coach's morning, as that coach sees it. */
export async function printHealth(api: Api, manager: Reader): Promise<void> {
  printTitle('Health of the firm', 'which engagements drift, and by which rule?');
  const caseloads = await caseloadsByCoach(api, manager);
  const engagements = [...caseloads.values()].flat();
  const rows = Object.entries(meanings).map(([rule, meaning]) => {
    const fired = engagements.filter(({ health }) => health.rules.some((one) => one.rule === rule));
    const atRisk = fired.filter(({ health }) =>
      health.rules.some((one) => one.rule === rule && one.level === 'at-risk'),
    );
    return [rule, String(fired.length), atRisk.length === 0 ? '' : red(String(atRisk.length)), dim(meaning)];
  });
  printTable(
    [{ title: 'rule' }, { title: 'engagements', right: true }, { title: 'at risk', right: true }, { title: '' }],
    rows,
  );
  const count = (level: string): number => engagements.filter(({ health }) => health.level === level).length;
  print(
    '',
    `  of ${engagements.length} under way: ${count('on-track')} on track, ${count('attention')} want attention, ${count('at-risk')} are at risk`,
  );
  const busiest = [...caseloads].sort(([, a], [, b]) => b.length - a.length)[0];
  if (busiest) await printMorning(api, busiest[0]);
}

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
  print('', `  the morning of ${name ?? 'a coach'}, the most pressing first`);
  for (const { client, health } of caseload.slice(0, 4)) {
    const [first] = health.rules;
    const mark = health.level === 'at-risk' ? red('●') : health.level === 'attention' ? yellow('●') : '○';
    print(`  ${mark} ${(client.name ?? '').padEnd(24)} ${dim(cut(first?.sentence ?? 'on track', 70))}`);
  }
}
