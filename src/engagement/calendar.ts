import type { Instant, IsoDate } from './values';

const DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar date of an instant in an IANA time zone. */
export function dayOf(instant: Instant, timeZone: string): IsoDate {
  if (timeZone === 'UTC') return instant.slice(0, 10);
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // The Swedish format is the ISO one.
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(new Date(instant));
}

/** Whole days from `from` to `to`, the end not counted; negative when `to` comes first. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** The date `days` after `date`; before it when negative. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** The later of two dates, or of two instants. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
