import { addDays } from '../../engagement/calendar';
import type { Instant, IsoDate } from '../../engagement/values';

/** The instant of a time of day in UTC, `minutes` after midnight. */
export function instantOn(date: IsoDate, minutes: number): Instant {
  return new Date(Date.parse(date) + minutes * 60_000).toISOString();
}

/** The same date, or the Monday after when it falls on a weekend: people meet on working days. */
export function workingDay(date: IsoDate): IsoDate {
  const weekday = new Date(date).getUTCDay();
  if (weekday === 6) return addDays(date, 2);
  return weekday === 0 ? addDays(date, 1) : date;
}
