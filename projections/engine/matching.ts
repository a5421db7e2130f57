import { isAmong } from './row-change';
import type { AnyTable } from './table';

export type Values = Record<string, unknown>;
type Fields = Readonly<Record<string, unknown>>;

/** The rows of a table in the scope at hand. */
export type RowsOf = (table: AnyTable) => Iterable<Values>;

/**
 * A test of rows by the conditions of `where`.
 *
 * @param rowsOf asked for the rows that a condition `among` speaks of
 */
export function matcher(where: Fields, rowsOf: RowsOf): (row: Values) => boolean {
  const tests = Object.entries(where).map(([field, condition]) => ({ field, accepts: acceptor(condition, rowsOf) }));
  return (row) => tests.every(({ field, accepts }) => accepts(row[field]));
}

function acceptor(condition: unknown, rowsOf: RowsOf): (value: unknown) => boolean {
  if (typeof condition !== 'object' || condition === null) return (value) => value === condition;
  if (isAmong(condition)) {
    const { table, where, field } = condition.among;
    const matches = matcher(where, rowsOf);
    const values = new Set<unknown>();
    for (const row of rowsOf(table)) if (matches(row)) values.add(row[field]);
    return (value) => values.has(value);
  }
  if ('oneOf' in condition) {
    const { oneOf } = condition as { readonly oneOf: readonly unknown[] };
    return (value) => oneOf.includes(value);
  }
  if ('not' in condition) return (value) => value !== condition.not;
  if ('atLeast' in condition) {
    const { atLeast } = condition as { readonly atLeast: number | string };
    return (value) => value !== null && (value as number | string) >= atLeast;
  }
  throw new TypeError(`No such condition: ${JSON.stringify(condition)}`);
}
