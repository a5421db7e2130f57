import { addDays, dayOf, later } from '../calendar';
import type { CheckIn, Engagement } from '../engagement';
import type { Instant, IsoDate } from '../values';
import type { FiredRule, HealthSettings } from './fired-rule';

/** N weeks since the last check-in, or the start, and none scheduled for the day or after. */
export function noContact(
  engagement: Engagement,
  asOf: IsoDate,
  { timeZone, noContactWeeks }: HealthSettings,
): readonly FiredRule[] {
  const dayIn = (instant: Instant): IsoDate => dayOf(instant, timeZone);
  const { startedAt } = engagement.phase;
  if (startedAt === null) return [];
  const checkIns = Object.values(engagement.checkIns);
  const held = checkIns.flatMap(({ heldAt }) => (heldAt === null ? [] : [dayIn(heldAt)])).filter((day) => day <= asOf);
  const due = addDays(held.reduce(later, dayIn(startedAt)), 7 * noContactWeeks);
  const ends = checkIns.map((checkIn) => lastDayScheduled(checkIn, dayIn));
  const since = ends.reduce<IsoDate>((day, end) => (end === null ? day : later(day, addDays(end, 1))), due);
  return since <= asOf ? [{ rule: 'no-contact', level: 'attention', about: null, since, weeks: noContactWeeks }] : [];
}

/** The last day on which the check-in lay ahead; null for one that was held, which counts as contact instead. */
function lastDayScheduled(checkIn: CheckIn, dayIn: (instant: Instant) => IsoDate): IsoDate | null {
  if (checkIn.state === 'held') return null;
  const scheduledFor = dayIn(checkIn.scheduledFor);
  if (checkIn.state === 'scheduled' || checkIn.missedOn === null) return scheduledFor;
  const beforeMissed = addDays(checkIn.missedOn, -1);
  return beforeMissed < scheduledFor ? beforeMissed : scheduledFor;
}
