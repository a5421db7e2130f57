import type { Engagement } from '../../engagement/engagement';
import type { Id } from '../../engagement/values';
import { readTold } from '../../records/effects-told';
import type { EffectItem } from '../../records/effect-ledger';
import { readPreferences } from '../../records/preferences';
import { readDueOf } from '../../../projections/due/queries';
import { readNames } from '../../../projections/participants/queries';
import { dueFor, type DueItem } from '../due';
import { digestSlot, hoursOf } from '../due/hours';
import type { Letter, Section } from '../mail/letter';
import { dateText, sentenceFor } from '../mail/words';
import { type Brief, weeklyBrief } from './brief';
import { linkTo, type NotifyDeps, presentOf, termsOf } from './deps';
import { type DigestJob, digestKey } from './jobs';
import { sendOnce } from './send';
import { briefKey, briefOf } from './weekly';

type Case = { readonly engagement: Engagement; readonly items: readonly DueItem[] };

/**
 * Tells a person, in one letter, what became due; what they were told of before and is still open comes with it, but is
 * no reason for a letter.
 */
export async function sendDigest(deps: NotifyDeps, job: DigestJob): Promise<void> {
  const { db, settings } = deps;
  const { tenantId, participantId, day } = job;
  const present = presentOf(deps);
  const preferences = (await readPreferences(db, [job]))(job);
  const hours = hoursOf(preferences, settings.timeZone);
  const slot = digestSlot(present.now, hours);
  // The next sweep makes a job of its own for the day that has begun meanwhile, or for the end of quiet hours.
  if (slot.day !== day || !slot.isOpen) return;

  const rows = await readDueOf(db, termsOf(present), job);
  const cases = await casesOf(
    deps,
    job,
    [...new Set(rows.map(({ engagementId }) => engagementId))],
    (item) => item.rule !== 'check-in-tomorrow' && !preferences.off.includes(item.rule),
  );
  const monday = preferences.off.includes('weekly-brief') ? null : briefOf(day);
  const keys = [
    ...cases.flatMap(({ items }) => items.map(({ key }) => key)),
    ...(monday === null ? [] : [briefKey(monday)]),
  ];
  const isTold = await readTold(
    db,
    keys.map((key) => ({ tenantId, toId: participantId, key })),
  );
  const isNews = (key: string): boolean => !isTold({ tenantId, toId: participantId, key });
  const brief =
    monday !== null && isNews(briefKey(monday)) ? await weeklyBrief(deps, job, present, monday, hours) : null;
  const news = cases.flatMap(({ items }) => items).filter(({ key }) => isNews(key));
  const items: readonly EffectItem[] = [
    ...news.map(({ key, engagementId, rule, about }) => ({ key, engagementId, rule, about })),
    ...(brief?.items ?? []),
  ];
  if (items.length === 0) return;

  const names = await namesOf(deps, job, cases);
  const section = ({ engagement, items: due }: Case): Section => ({
    heading: headingFor(engagement, participantId, names),
    link: linkTo(deps, engagement.engagementId),
    lines: [...due]
      .sort((a, b) => Number(isNews(b.key)) - Number(isNews(a.key)))
      .map(
        (item) =>
          `${isNews(item.key) ? '' : 'Still open: '}${sentenceFor(item, hours.timeZone, settings.noContactWeeks)}`,
      ),
  });
  const letterTo = letterOf(day, news.length, cases.map(section), brief);
  await sendOnce(
    deps,
    { tenantId, participantId, key: digestKey(participantId, day), rule: 'digest', items },
    letterTo,
  );
}

/** What is due by the newest state of each engagement; those in which nothing is are left out. */
async function casesOf(
  { newest, ...deps }: NotifyDeps,
  { tenantId, participantId }: DigestJob,
  engagementIds: readonly Id[],
  isWanted: (item: DueItem) => boolean,
): Promise<readonly Case[]> {
  const present = presentOf(deps);
  const found = engagementIds.map(async (engagementId): Promise<readonly Case[]> => {
    const engagement = await newest(tenantId, engagementId);
    const items = engagement ? dueFor(engagement, participantId, present).filter(isWanted) : [];
    return engagement && items.length > 0 ? [{ engagement, items }] : [];
  });
  return (await Promise.all(found)).flat();
}

function namesOf(
  { db }: NotifyDeps,
  { tenantId, participantId }: DigestJob,
  cases: readonly Case[],
): ReturnType<typeof readNames> {
  const others = cases.flatMap(({ engagement: { clientId, coachId } }) => [clientId, coachId]);
  return readNames(
    db,
    tenantId,
    [...new Set(others)].filter((id) => id !== participantId),
  );
}

function headingFor({ clientId, coachId }: Engagement, participantId: Id, names: ReadonlyMap<Id, string>): string {
  const isClient = participantId === clientId;
  const name = names.get(isClient ? coachId : clientId);
  if (isClient) return name === undefined ? 'Your coaching' : `Your coaching with ${name}`;
  return name ?? 'A client of yours';
}

function letterOf(
  day: string,
  news: number,
  sections: readonly Section[],
  brief: Brief | null,
): (name: string) => Letter {
  const count = news === 1 ? 'one thing is due' : `${news} things are due`;
  const subject = news === 0 ? 'Your week in coaching' : `Coaching: ${count}`;
  return (name) => ({
    subject: brief && news > 0 ? `${subject}, and your week` : subject,
    greeting: `Hello ${name}, this is your digest of ${dateText(day)}.`,
    sections: [...sections, ...(brief ? [brief.section] : [])],
    footer:
      'You get at most one digest a day, and none when there is nothing new. Your preferences say when it comes and what is in it.',
  });
}
