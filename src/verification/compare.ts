import { columnsOf, keyOf, stampColumns, type AnyTable, type Column } from '../../projections/engine/table';
import type { StoredEvent } from '../event-store/event-store';
import { canonical, isSame } from './columns';
import { referenceTo, type Difference } from './difference';
import { rowKey, type ExpectedRow, type Values } from './row-book';

/** What was compared: rows of the log's side, and their columns. */
export type Compared = { readonly rows: number; readonly values: number; readonly difference: Difference | null };

/** Which rows are compared, for a difference to name them. */
export type Place = Pick<Difference, 'stream' | 'projection' | 'table'>;

type Mismatch = Pick<Difference, 'column' | 'expected' | 'actual'>;

/**
 * Compares the rows of one stream in a table, every column, up to the first difference.
 *
 * Of the stamps: `event_id` and the two halves of the position must be those of the event that last changed the row,
 * which is the last one for which the fold made the row's thing anew, be it with the same values. `ordinal` must have
 * the revision of the event that first made the row in its thousands; its rest counts the engine's own steps within that
 * event, and must order the rows that the event made as the fold does.
 *
 * @param events the stream's, as far as the rows have come
 */
export function compareRows(
  place: Place,
  table: AnyTable,
  expected: readonly ExpectedRow[],
  actual: readonly Values[],
  events: readonly StoredEvent[],
): Compared {
  const columns = columnsOf(table);
  const unmatched = new Map<string, Values>();
  const doubles: Values[] = [];
  for (const row of actual) {
    const key = rowKey(table, row);
    if (unmatched.has(key)) doubles.push(row);
    else unmatched.set(key, row);
  }
  const isAfter = orderChecker();
  let rows = 0;
  for (const row of expected) {
    const key = rowKey(table, row.values);
    const found = unmatched.get(key);
    const mismatch = found ? (mismatchOf(columns, row, found) ?? isAfter(row, found)) : null;
    if (!found || mismatch) {
      const about = { ...place, key: keyValues(table, row.values), event: referenceTo(row.changedBy) };
      const missing = {
        kind: 'missing row',
        column: null,
        expected: byColumn(table, row.values),
        actual: null,
      } as const;
      const difference: Difference = mismatch ? { ...about, kind: 'value', ...mismatch } : { ...about, ...missing };
      return { rows, values: rows * columns.length, difference };
    }
    unmatched.delete(key);
    rows += 1;
  }
  const [extra] = [...unmatched.values(), ...doubles];
  const difference = extra ? extraRow(place, table, extra, events) : null;
  return { rows, values: rows * columns.length, difference };
}

function mismatchOf(columns: readonly Column[], row: ExpectedRow, found: Values): Mismatch | null {
  for (const { field, column, type } of columns) {
    if (field in stampColumns) continue;
    const expected = canonical(row.values[field], type);
    if (!isSame(expected, found[field])) return { column: nameOf(column), expected, actual: found[field] };
  }
  return stampMismatch(row, found);
}

function stampMismatch({ madeBy, changedBy }: ExpectedRow, found: Values): Mismatch | null {
  const { ordinal, eventId, commitPosition, preparePosition } = found;
  if (Math.floor(Number(ordinal) / ORDINALS) !== Number(madeBy.revision)) {
    return { column: 'ordinal', expected: Number(madeBy.revision) * ORDINALS, actual: ordinal };
  }
  if (eventId !== changedBy.eventId) return { column: 'event_id', expected: changedBy.eventId, actual: eventId };
  const commit = String(changedBy.position.commit);
  if (commitPosition !== commit) return { column: 'commit_position', expected: commit, actual: commitPosition };
  const prepare = String(changedBy.position.prepare);
  if (preparePosition !== prepare) return { column: 'prepare_position', expected: prepare, actual: preparePosition };
  return null;
}

/** Ordinals for each revision. */
const ORDINALS = 1000;

/** Says of each row in turn what is wrong with its place behind the ones before it. */
function orderChecker(): (row: ExpectedRow, found: Values) => Mismatch | null {
  const newest = new Map<string, number>();
  return ({ madeBy }, { ordinal }) => {
    const before = newest.get(madeBy.eventId);
    newest.set(madeBy.eventId, Number(ordinal));
    if (before === undefined || Number(ordinal) > before) return null;
    return { column: 'ordinal', expected: `above ${before}`, actual: ordinal };
  };
}

function extraRow(place: Place, table: AnyTable, row: Values, events: readonly StoredEvent[]): Difference {
  const event = events.find(({ eventId }) => eventId === row.eventId);
  return {
    ...place,
    kind: 'extra row',
    key: keyValues(table, row),
    column: null,
    expected: null,
    actual: byColumn(table, row),
    event: event ? referenceTo(event) : null,
  };
}

function keyValues(table: AnyTable, row: Values): Values {
  const key = new Set(keyOf(table));
  return Object.fromEntries(
    columnsOf(table)
      .filter(({ field }) => key.has(field))
      .map(({ field, column }) => [nameOf(column), row[field]]),
  );
}

function byColumn(table: AnyTable, row: Values): Values {
  const there = columnsOf(table).filter(({ field }) => field in row);
  return Object.fromEntries(there.map(({ field, column }) => [nameOf(column), row[field]]));
}

/** As the database prints it. */
function nameOf(column: string): string {
  return column.replaceAll('"', '');
}
