import type { Plan, PlanRevision } from '../../application/queries/shapes';
import type { IsoDate } from '../../engagement/values';
import type { Api } from '../api';
import { calendarOf, client, engagementId } from '../stories/career-season/people';
import { dim, print, printTable, printTitle, yellow } from './terminal';
import { dateInWords, shortDate } from './words';

/** A day between the agreement on a change and its recording: what was true then is not what was known then. */
export async function printKnownThen(api: Api, today: IsoDate): Promise<void> {
  const day = calendarOf(today).day(-22, 'Fri');
  const engagement = `/engagements/${engagementId}`;
  const instant = `${day}T20:00:00Z`;
  const then = await api.get<Plan>(client, `${engagement}/plan?asOf=${day}&knownAt=${encodeURIComponent(instant)}`);
  const now = await api.get<Plan>(client, `${engagement}/plan?asOf=${day}`);
  printTitle(
    `The plan on ${dateInWords(day)}`,
    `GET …/plan?asOf=${day}&knownAt=${instant}`,
    'What was known on that day, and what do we know of that day today?',
  );
  const rows = now.milestones.flatMap(({ milestoneId, title, dueOn }) => {
    const believed = then.milestones.find((milestone) => milestone.milestoneId === milestoneId)?.dueOn;
    return believed === dueOn ? [] : [[title, believed ?? '–', yellow(dueOn)]];
  });
  printTable(
    [{ title: 'milestone', width: 34 }, { title: 'due, as known then' }, { title: 'due, as known today' }],
    [['plan', `revision ${then.revision}`, yellow(`revision ${now.revision}`)], ...rows],
  );
  const revisions = await api.list<PlanRevision>(client, `${engagement}/plan/revisions`);
  const late = revisions.find(({ revision }) => revision === now.revision);
  if (late) {
    print(
      dim(
        `  agreed on ${shortDate(late.effectiveOn)}, recorded on ${shortDate(late.recordedAt)}: in between it held, and nobody who asked could know`,
      ),
    );
  }
}
