import { readNames } from '../../../projections/participants/queries';
import { readPreferences } from '../../records/preferences';
import { dueFor } from '../due';
import { hoursOf, isDayBefore } from '../due/hours';
import type { Letter } from '../mail/letter';
import { dateText, sentenceFor } from '../mail/words';
import { linkTo, type NotifyDeps, presentOf } from './deps';
import { wallTime } from '../due/hours';
import { type ReminderJob, reminderKey, scheduledForIn } from './jobs';
import { sendOnce } from './send';

/** Reminds one person of one check-in, if it still is as it was when the job was made. */
export async function remind(deps: NotifyDeps, job: ReminderJob): Promise<void> {
  const { db, settings } = deps;
  const { tenantId, participantId, engagementId, key } = job;
  const present = presentOf(deps);
  const engagement = await deps.newest(tenantId, engagementId);
  const item = engagement && dueFor(engagement, participantId, present).find((due) => due.key === key);
  if (!item) return;
  const preferences = (await readPreferences(db, [job]))(job);
  const hours = hoursOf(preferences, settings.timeZone);
  if (preferences.off.includes('check-in-tomorrow') || !isDayBefore(present.now, scheduledForIn(key), hours)) return;

  const otherId = participantId === engagement.clientId ? engagement.coachId : engagement.clientId;
  const otherName = (await readNames(db, tenantId, [otherId])).get(otherId);
  const sentence = sentenceFor(item, hours.timeZone, settings.noContactWeeks);
  const letterTo = (name: string): Letter => ({
    subject: `Check-in on ${dateText(wallTime(item.on, hours.timeZone).date)}`,
    greeting: `Hello ${name},`,
    sections: [
      {
        heading: otherName === undefined ? 'Your check-in' : `Your check-in with ${otherName}`,
        link: linkTo(deps, engagementId),
        lines: [sentence],
      },
    ],
    footer: 'You get this because a check-in is scheduled. Your preferences say when, and whether, reminders come.',
  });
  const { rule, about } = item;
  const items = [{ key, engagementId, rule, about }];
  await sendOnce(deps, { tenantId, participantId, key: reminderKey(participantId, key), rule, items }, letterTo);
}
