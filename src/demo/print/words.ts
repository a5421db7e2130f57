import type { IsoDate } from '../../engagement/values';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `2026-06-10` or an instant of that day: `Wed 10 Jun 2026`. */
export function dateInWords(date: IsoDate): string {
  const day = new Date(date.slice(0, 10));
  const weekday = weekdays[day.getUTCDay()] ?? '';
  return `${weekday} ${day.getUTCDate()} ${months[day.getUTCMonth()] ?? ''} ${day.getUTCFullYear()}`;
}

/** `2026-06-10`: `10 Jun`. */
export const shortDate = (date: IsoDate): string => dateInWords(date).split(' ').slice(1, 3).join(' ');

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** With its sign: `+9`, `−5`, `0`; a dash for what is not there. */
export function signed(value: number | null, digits = 0): string {
  if (value === null) return '–';
  const text = Math.abs(value).toFixed(digits);
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : text;
}

/** A share from 0 to 1 in whole percent; a dash for none. */
export const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);

export const fixed = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits));
