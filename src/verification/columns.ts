import { isDeepStrictEqual } from 'node:util';
import type { ColumnType } from '../../projections/engine/table';

/**
 * How columns are read and compared: to the last bit, so a corrupt microsecond shows. Everything is read as text that
 * does not depend on the settings of a session.
 */
type Way = {
  /** An SQL expression of the column's text. */
  readonly read: (column: string) => string;
  /** What the text says. */
  readonly decode: (text: string) => unknown;
  /** What the fold gives, in the form that `decode` has. */
  readonly canonical: (value: unknown) => unknown;
};

const asText = (column: string): string => `${column}::text`;
const same = (value: unknown): unknown => value;

const plain: Way = { read: asText, decode: same, canonical: String };
const number: Way = { read: asText, decode: Number, canonical: Number };

const ways: Readonly<Record<ColumnType, Way>> = {
  uuid: { ...plain, canonical: (value) => String(value).toLowerCase() },
  text: plain,
  date: { ...plain, read: (column) => `to_char(${column}, 'YYYY-MM-DD')` },
  timestamptz: {
    ...plain,
    read: (column) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    canonical: (value) => new Date(String(value)).toISOString().replace('Z', '000Z'),
  },
  integer: number,
  bigint: number,
  'double precision': number,
  boolean: { read: asText, decode: (text) => text === 'true', canonical: same },
  // Longer than a Number holds.
  numeric: plain,
  jsonb: {
    read: asText,
    // A JSON null is not the null of the database: no column has one, and one that does is not equal to anything.
    decode: (text) => (text === 'null' ? text : (JSON.parse(text) as unknown)),
    canonical: (value) => JSON.parse(JSON.stringify(value)) as unknown,
  },
};

/** An SQL expression that reads the column for `decode`. */
export function readColumn(column: string, type: ColumnType): string {
  return ways[type].read(column);
}

/** The value that was read; null where the column is. */
export function decode(text: string | null, type: ColumnType): unknown {
  return text === null ? null : ways[type].decode(text);
}

/** The value that the fold gives, comparable with what was read. */
export function canonical(value: unknown, type: ColumnType): unknown {
  return value === null || value === undefined ? null : ways[type].canonical(value);
}

/** Whether a value that was read is the one that the fold gives, both made comparable before. */
export function isSame(expected: unknown, actual: unknown): boolean {
  return expected === actual || isDeepStrictEqual(expected, actual);
}
