import { field, type Field } from './field';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
/** Control characters but line feed and tab, and halves of surrogate pairs. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}]/u;
const VISIBLE = /[^\s\p{Z}\p{Cf}]/u;
const LARGEST = 2_147_483_647;
/** A year short of where dates run out, so that what is reckoned from them has four digits in every time zone. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '9998-12-31';

const isText = (value: unknown): value is string => typeof value === 'string';
const lowerCase = (value: unknown): unknown => (isText(value) ? value.toLowerCase() : value);

/** A UUID of any version; upper case is turned into lower case. */
export const uuid = field(
  { type: 'string', format: 'uuid', example: '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f' },
  'a UUID',
  (value) => isText(value) && UUID.test(value),
  lowerCase,
);

/** A date of the calendar, from 1900-01-01 to 9998-12-31. */
export const day = field(
  { type: 'string', format: 'date', example: '2026-03-01' },
  `a date as YYYY-MM-DD, from ${FIRST_DAY} to ${LAST_DAY}`,
  (value) => isDay(value) && isWithinDays(value),
);

/** An instant with its offset, of the same days in UTC; becomes UTC with milliseconds, what is finer is cut off. */
export const instant = field(
  { type: 'string', format: 'date-time', example: '2026-03-01T09:30:00+01:00' },
  `an instant as RFC 3339 with its offset, such as 2026-03-01T09:30:00Z, from ${FIRST_DAY} to ${LAST_DAY}`,
  (value) => isText(value) && INSTANT.test(value) && isDay(value.slice(0, 10)) && isWithinDays(value.slice(0, 10)),
  (value) => {
    if (!isText(value)) return value;
    const upper = value.toUpperCase();
    const match = INSTANT.exec(upper);
    if (!match || !isDay(match[1])) return value;
    const utc = new Date(upper).toISOString();
    // Years outside of 0 to 9999 are written with a sign, and refused as they are.
    return utc.length === 24 ? utc : '';
  },
);

/** Text of 1 to 4,000 characters. */
export const text = textUpTo(4_000);
/** A name or a title: text of 1 to 200 characters. */
export const title = textUpTo(200);

export const email = field(
  { type: 'string', format: 'email', maxLength: 320, example: 'kim@example.org' },
  'an email address of up to 320 characters',
  (value) => isText(value) && value.length <= 320 && !UNPRINTABLE.test(value) && /^[^\s@]+@[^\s@]+$/.test(value),
);

export const amount = field(
  { type: 'string', pattern: '^\\d{1,12}\\.\\d{2}$', example: '600.00' },
  'a decimal string with two places, such as "600.00"',
  (value) => isText(value) && /^\d{1,12}\.\d{2}$/.test(value),
);

export const currency = field(
  { type: 'string', pattern: '^[A-Z]{3}$', example: 'EUR' },
  'an ISO 4217 code of three capital letters, such as "EUR"',
  (value) => isText(value) && /^[A-Z]{3}$/.test(value),
);

export const flag = field({ type: 'boolean', example: true }, 'true or false', (value) => typeof value === 'boolean');

/** Any number that JSON can carry. */
export const number = numberFrom(-Number.MAX_VALUE, Number.MAX_VALUE, 'a number');

export function numberFrom(from: number, to: number, expected = `a number from ${from} to ${to}`): Field {
  const bounded = Math.abs(from) < Number.MAX_VALUE;
  return field(
    { type: 'number', ...(bounded ? { minimum: from, maximum: to } : {}), example: Math.max(from, 1) },
    expected,
    (value) => typeof value === 'number' && value >= from && value <= to,
    positiveZero,
  );
}

/** A whole number. Without `to` as large as a row of the read model holds. */
export function integer(from: number, to = LARGEST): Field {
  return field(
    { type: 'integer', minimum: from, maximum: to, example: Math.max(from, 1) },
    to === LARGEST ? `a whole number, ${from} or more` : `a whole number from ${from} to ${to}`,
    (value) => Number.isInteger(value) && (value as number) >= from && (value as number) <= to,
    positiveZero,
  );
}

/** One of the words, written exactly so. */
export function oneOf(...words: readonly string[]): Field {
  return field(
    { type: 'string', enum: words, example: words[0] },
    words.length === 1 ? `"${String(words[0])}"` : `one of ${words.join(', ')}`,
    (value) => isText(value) && words.includes(value),
  );
}

/** As it stands in a query string: digits that become a number. */
export function digits(from: number, to = LARGEST): Field {
  const whole = integer(from, to);
  return {
    ...whole,
    normalise: (value) => (isText(value) && /^(0|[1-9]\d{0,9})$/.test(value) ? Number(value) : value),
    // A number can only have come from digits.
    fault: whole.fault,
  };
}

function textUpTo(length: number): Field {
  return field(
    { type: 'string', minLength: 1, maxLength: length },
    `text of 1 to ${length.toLocaleString('en')} characters, not only blanks, without control characters but line feed and tab`,
    (value) => isText(value) && hasLength(value, length) && VISIBLE.test(value) && !UNPRINTABLE.test(value),
  );
}

/** Characters are code points; counting them is left out where the code units alone decide. */
function hasLength(value: string, most: number): boolean {
  return value.length <= most || (value.length <= 2 * most && Array.from(value).length <= most);
}

function isDay(value: unknown): value is string {
  if (!isText(value) || !DATE.test(value) || value.startsWith('0000')) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** Of what is ordered as text. */
function isWithinDays(day: string): boolean {
  return day >= FIRST_DAY && day <= LAST_DAY;
}

function positiveZero(value: unknown): unknown {
  return Object.is(value, -0) ? 0 : value;
}
