import type { Instant, IsoDate } from './values';

const DAY = 86_400_000;
/** The ends of the years of four digits: what is written with them is ordered as text. */
const FIRST = '0001-01-01';
const LAST = '9999-12-31';
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
  const date = new Date(instant);
  const day = formatter.format(date);
  return day.length === FIRST.length ? day : withFourDigits(formatter.formatToParts(date));
}

/** The formatter writes years before 1000 without their leading zeros. */
function withFourDigits(parts: readonly Intl.DateTimeFormatPart[]): IsoDate {
  const part = (type: 'year' | 'month' | 'day'): string => parts.find((found) => found.type === type)?.value ?? '';
  const year = part('year');
  // East of UTC the last day of the year 9999 is over before it is there.
  return year.length > 4 ? LAST : `${year.padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** Whole days from `from` to `to`, the end not counted; negative when `to` comes first. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** The date `days` after `date`; before it when negative. Stops at the ends of the years that have four digits. */
export function addDays(date: IsoDate, days: number): IsoDate {
  const time = Date.parse(date) + days * DAY;
  if (time >= Date.parse(LAST)) return LAST;
  return time <= Date.parse(FIRST) ? FIRST : new Date(time).toISOString().slice(0, 10);
}

/** The later of two dates, or of two instants. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
