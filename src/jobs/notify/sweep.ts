import type { Id } from '../../engagement/values';
import { readClaimed, readTold, type Telling } from '../../records/effects-told';
import { type NotificationKind, readPreferences } from '../../records/preferences';
import { readCoaches, readDue } from '../../../projections/due/queries';
import { tellingsOf } from '../due';
import { digestSlot, type Hours, hoursOf, isDayBefore } from '../due/hours';
import type { NewJob } from '../queues';
import { type NotifyDeps, presentOf, termsOf } from './deps';
import { digestKey, type NotifyJob, scheduledForIn, toJob } from './jobs';
import { briefKey, briefOf } from './weekly';

/** Something that someone may have to be told. */
type Candidate = {
  readonly tenantId: string;
  readonly participantId: Id;
  readonly rule: NotificationKind;
  readonly key: string;
  readonly engagementId: Id | null;
};

type Wish = { readonly hours: Hours; readonly isOff: (rule: NotificationKind) => boolean };
type WishOf = (of: Pick<Candidate, 'tenantId' | 'participantId'>) => Wish;

/**
 * What is to be told now, as jobs. Derived from the read models and the record of what was told alone, so that a queue
 * that was lost is filled again, and two sweeps at once offer the same jobs.
 */
export async function sweep(deps: Pick<NotifyDeps, 'db' | 'clock' | 'settings'>): Promise<readonly NewJob[]> {
  const { db, settings } = deps;
  const present = presentOf(deps);
  const { now } = present;
  const [rows, coaches] = await Promise.all([readDue(db, termsOf(present)), readCoaches(db)]);
  const due = rows.flatMap((row): readonly Candidate[] => {
    const { tenantId, engagementId, rule } = row;
    return tellingsOf(row).map(({ participantId, key }) => ({ tenantId, participantId, rule, key, engagementId }));
  });
  const wishOf = await wishes(db, [...due, ...coaches], settings.timeZone);
  const timely = [...due, ...coaches.flatMap((coach) => briefFor(coach, now, wishOf(coach)))].filter((candidate) =>
    isTimely(candidate, now, wishOf(candidate)),
  );
  const isTold = await readTold(db, timely.map(tellingOf));
  const news = timely.filter((candidate) => !isTold(tellingOf(candidate)));
  const jobs = new Map(
    news.map((candidate) => jobFor(candidate, now, wishOf(candidate))).map((job) => [toJob(job).id, job]),
  );
  const digests = [...jobs.values()].flatMap((job) => (job.kind === 'digest' ? [digestOf(job)] : []));
  const isClaimed = await readClaimed(db, digests);
  return [...jobs.values()].filter((job) => job.kind === 'reminder' || !isClaimed(digestOf(job))).map(toJob);
}

async function wishes(
  db: NotifyDeps['db'],
  people: readonly Pick<Candidate, 'tenantId' | 'participantId'>[],
  timeZone: string,
): Promise<WishOf> {
  const distinct = new Map(people.map((person) => [`${person.tenantId} ${person.participantId}`, person]));
  const preferencesOf = await readPreferences(db, [...distinct.values()]);
  const known = new Map<string, Wish>();
  return (person) => {
    const name = `${person.tenantId} ${person.participantId}`;
    const found = known.get(name);
    if (found) return found;
    const preferences = preferencesOf(person);
    const wish = {
      hours: hoursOf(preferences, timeZone),
      isOff: (rule: NotificationKind) => preferences.off.includes(rule),
    };
    known.set(name, wish);
    return wish;
  };
}

function briefFor(
  coach: Pick<Candidate, 'tenantId' | 'participantId'>,
  now: string,
  { hours }: Wish,
): readonly Candidate[] {
  const monday = briefOf(digestSlot(now, hours).day);
  return monday === null ? [] : [{ ...coach, rule: 'weekly-brief', key: briefKey(monday), engagementId: null }];
}

function isTimely({ rule, key }: Candidate, now: string, { hours, isOff }: Wish): boolean {
  if (isOff(rule)) return false;
  return rule === 'check-in-tomorrow' ? isDayBefore(now, scheduledForIn(key), hours) : digestSlot(now, hours).isOpen;
}

function jobFor(
  { tenantId, participantId, rule, key, engagementId }: Candidate,
  now: string,
  { hours }: Wish,
): NotifyJob {
  return rule === 'check-in-tomorrow' && engagementId !== null
    ? { kind: 'reminder', tenantId, participantId, engagementId, key }
    : { kind: 'digest', tenantId, participantId, day: digestSlot(now, hours).day };
}

function tellingOf({ tenantId, participantId, key }: Candidate): Telling {
  return { tenantId, toId: participantId, key };
}

function digestOf({ tenantId, participantId, day }: Extract<NotifyJob, { kind: 'digest' }>): Telling {
  return { tenantId, toId: participantId, key: digestKey(participantId, day) };
}
