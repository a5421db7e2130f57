import type { Plan } from '../../application/queries/shapes';
import type { IsoDate } from '../../engagement/values';
import type { Api } from '../api';
import { calendarOf, client, engagementId } from '../stories/career-season/people';
import { dim, print, printTable, printTitle, yellow } from './terminal';
import { dateInWords } from './words';

/** A day between the agreement on a change and its recording: what was true then is not what was known then. */
export async function printKnownThen(api: Api, today: IsoDate): Promise<void> {
  const day = calendarOf(today).day(-22, 'Fri');
  const path = `/engagements/${engagementId}/plan?asOf=${day}`;
  const then = await api.get<Plan>(client, `${path}&knownAt=${encodeURIComponent(`${day}T20:00:00Z`)}`);
  const now = await api.get<Plan>(client, path);
  printTitle(`The plan on ${dateInWords(day)}`, 'what was known on that day, and what do we know today?');
  const rows = now.milestones.flatMap(({ milestoneId, title, dueOn }) => {
    const believed = then.milestones.find((milestone) => milestone.milestoneId === milestoneId)?.dueOn;
    return believed === dueOn ? [] : [[title, believed ?? '–', yellow(dueOn)]];
  });
  printTable(
    [{ title: 'milestone', width: 34 }, { title: 'due, as known then' }, { title: 'due, as known today' }],
    rows,
  );
  print(
    '',
    dim(
      `  revision ${then.revision} was known, revision ${now.revision} was true: it was agreed two days before the coach fell ill, and recorded after.`,
    ),
  );
}
