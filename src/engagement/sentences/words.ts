import type { Id, Instant, Money } from '../values';

/** What a goal, milestone, action or resource is called in the plan; undefined for what has no such name. */
export type Titles = (id: Id) => string | undefined;

export const noTitles: Titles = () => undefined;

const LONGEST = 80;

/** Between quotation marks, cut to a length that fits into a sentence. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= LONGEST) return `“${line}”`;
  const cut = line.slice(0, LONGEST);
  const lastBlank = cut.lastIndexOf(' ');
  if (lastBlank > LONGEST / 2) return `“${cut.slice(0, lastBlank)}…”`;
  // Not between the two halves of a character.
  return `“${cut.replace(/[\uD800-\uDBFF]$/, '')}…”`;
}

/** `milestone “CV is ready”`, or `a milestone` where its title is not known. */
export function named(kind: string, title: string | undefined): string {
  if (title !== undefined) return `${kind} ${quoted(title)}`;
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** `1 change`, `2 changes`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-03-01 09:30 UTC`. */
export function moment(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

export function money(amount: Money | null): string {
  return amount === null ? 'no amount' : `${amount.amount} ${amount.currency}`;
}

/** Of an attainment scale: `+1`, `0`, `−2`. */
export function level(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `−${Math.abs(value)}`;
}

/** `the client and the coach`. */
export function parties(roles: readonly string[]): string {
  return roles.map((role) => `the ${role}`).join(' and ');
}
