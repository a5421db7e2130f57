import { addDays, daysBetween } from '../../engagement/calendar';
import type { Instant, IsoDate } from '../../engagement/values';
import { DEFAULT_DIGEST_HOUR, type Preferences } from '../../records/preferences';

/** What a clock on a wall shows: a date, and the minutes since its midnight. */
type WallTime = { readonly date: IsoDate; readonly minutes: number };

/** When a person may be told of things. */
export type Hours = {
  /** IANA name. */
  readonly timeZone: string;
  /** Minutes since midnight at which the digest comes. */
  readonly digestAt: number;
  /** Minutes since midnight; over midnight when `to` comes first. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
};

const DAY = 1_440;
/** A digest that could not go out at its hour goes out in these minutes after it, or the next day. */
const DIGEST_WINDOW = 180;
const formatters = new Map<string, Intl.DateTimeFormat>();

export function hoursOf({ timeZone, digestHour, quietHours }: Preferences, tenantTimeZone: string): Hours {
  return {
    timeZone: timeZone ?? tenantTimeZone,
    digestAt: (digestHour ?? DEFAULT_DIGEST_HOUR) * 60,
    quiet: quietHours && { from: minutesOf(quietHours.from), to: minutesOf(quietHours.to) },
  };
}

export function wallTime(instant: Instant, timeZone: string): WallTime {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    // The Swedish format is the ISO one.
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, ...parts, hourCycle: 'h23' });
    formatters.set(timeZone, formatter);
  }
  const text = formatter.format(new Date(instant));
  return { date: text.slice(0, 10), minutes: minutesOf(text.slice(-5)) };
}

/**
 * The day of the newest digest whose hour has come, and whether it may go out now: not in quiet hours, which put it off
 * to their end, and not long after, so that what turns up during the day waits for the next morning.
 */
export function digestSlot(now: Instant, hours: Hours): { readonly day: IsoDate; readonly isOpen: boolean } {
  const { date, minutes } = wallTime(now, hours.timeZone);
  const { digestAt } = hours;
  const day = minutes >= digestAt ? date : addDays(date, -1);
  const since = minutes - digestAt + (day === date ? 0 : DAY);
  const first = quietLeft(digestAt, hours);
  return { day, isOpen: quietLeft(minutes, hours) === 0 && since >= first && since < first + DIGEST_WINDOW };
}

/**
 * Whether it is time to remind of something that happens tomorrow: from the hour of the digest on the day before, put
 * off by quiet hours, which may end on the day itself.
 */
export function isDayBefore(now: Instant, scheduledFor: Instant, hours: Hours): boolean {
  if (now >= scheduledFor) return false;
  const { date, minutes } = wallTime(now, hours.timeZone);
  if (quietLeft(minutes, hours) > 0) return false;
  const dayBefore = addDays(wallTime(scheduledFor, hours.timeZone).date, -1);
  const since = daysBetween(dayBefore, date) * DAY + minutes;
  const first = hours.digestAt + quietLeft(hours.digestAt, hours);
  // From the first minute that may be to the end of its day.
  return since >= first && since < (Math.floor(first / DAY) + 1) * DAY;
}

/** How many minutes of quiet hours are left at that time of day; 0 outside of them. */
function quietLeft(minutes: number, { quiet }: Hours): number {
  if (!quiet) return 0;
  const { from, to } = quiet;
  const isIn = from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  return isIn ? (to - minutes + DAY) % DAY : 0;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
