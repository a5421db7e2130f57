import type { IsoDate } from '../../../engagement/values';
import type { Story } from '../story';
import { adaptations } from './adaptations';
import { agreement } from './agreement';
import { checkIns } from './check-ins';
import { course } from './course';
import { observations } from './observations';
import { calendarOf, client, engagementId, NAME } from './people';
import { plan } from './plan';
import { readers } from './readers';

/** Nine months of a nurse who moves into health informatics, up to the week before `today`. */
export function careerSeason(today: IsoDate): Story {
  const calendar = calendarOf(today);
  const chapters = [agreement, plan, checkIns, observations, course, adaptations, readers];
  const steps = chapters.flatMap((chapter) => chapter(calendar));
  steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { name: NAME, engagementId, client, steps };
}
