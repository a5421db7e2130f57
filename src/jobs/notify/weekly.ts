import { addDays } from '../../engagement/calendar';
import type { IsoDate } from '../../engagement/values';

const DAYS_OF_WEEK = 7;
/** A brief that could not go out on Monday goes out on Tuesday or Wednesday. */
const LATEST = 2;
/** The first day that JavaScript counts was a Thursday. */
const A_MONDAY = Date.parse('1970-01-05');

/** The Monday whose brief belongs into the digest of that day; null on days that bring none. */
export function briefOf(day: IsoDate): IsoDate | null {
  const sinceMonday = Math.floor((Date.parse(day) - A_MONDAY) / 86_400_000) % DAYS_OF_WEEK;
  return sinceMonday <= LATEST ? addDays(day, -sinceMonday) : null;
}

export const briefKey = (monday: IsoDate): string => `weekly-brief/${monday}`;
