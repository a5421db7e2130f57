import { addDays, daysBetween } from '../../../engagement/calendar';
import type { Engagement } from '../../../engagement/engagement';
import type { Id, IsoDate } from '../../../engagement/values';
import type { Agenda } from '../agenda';
import { instantOn, workingDay } from '../dates';
import type { Cast, Desk } from '../desk';
import type { Random } from '../random';
import type { Aim } from '../vocabulary/aims';

/** One engagement while it is lived: who is in it, how they are, and where they write things down. */
export type Life = {
  readonly engagementId: Id;
  readonly cast: Cast;
  /** Who takes over if the coach leaves. */
  readonly standIn: Id;
  /** How quickly the client gets on, 0 to 1. */
  readonly drive: number;
  /** How reliably the coach keeps in touch, 0 to 1. */
  readonly care: number;
  readonly aims: readonly Aim[];
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly random: Random;
  readonly agenda: Agenda;
  readonly desk: Desk;
};

/** Office hours, in minutes after midnight. */
const OPENS = 8 * 60;
const CLOSES = 18 * 60;

/** Puts something on the agenda of that day, or of the Monday after, at some time during office hours. */
export function onDay({ agenda, random }: Life, date: IsoDate, what: (today: IsoDate) => void): void {
  const day = workingDay(date);
  agenda.add(instantOn(day, random.whole(OPENS, CLOSES)), () => {
    what(day);
  });
}

/** Puts something on the agenda so many days from now. */
export function inDays(life: Life, days: number, what: (today: IsoDate) => void): void {
  onDay(life, addDays(today(life), days), what);
}

export const today = (life: Life): IsoDate => life.agenda.now().slice(0, 10);

/** The engagement while coaching goes on; null before, after and during a pause. */
export function active(life: Life): Engagement | null {
  const state = life.desk.state();
  return state?.phase.status === 'active' ? state : null;
}

/** How much of the time from `from` to `to` has passed, 0 to 1. */
export function elapsed(from: IsoDate, to: IsoDate, now: IsoDate): number {
  return Math.min(1, Math.max(0, daysBetween(from, now) / Math.max(1, daysBetween(from, to))));
}
