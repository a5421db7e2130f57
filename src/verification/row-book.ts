import { keyOf, type AnyTable, type Table } from '../../projections/engine/table';
import type { StoredEvent } from '../event-store/event-store';
import type { Subject } from './subject';

export type Values = Readonly<Record<string, unknown>>;

/** The events that first made a row and that last changed it, be it to the same values. */
type Origin = { readonly madeBy: StoredEvent; readonly changedBy: StoredEvent };

/** A row as the log has it; `values` are its tenant, scope and the table's own columns by field, without the stamps. */
export type ExpectedRow = Origin & { readonly values: Values };

/** The rows of a subject while its stream is folded, and which events they come from. */
export type RowBook = {
  /** After the event the row is as given, new or instead of the one with the same key. */
  readonly put: <R extends object>(table: Table<R>, event: StoredEvent, row: NoInfer<R>) => void;
  /** A row of which it is known already which events made and changed it. */
  readonly place: <R extends object>(table: Table<R>, row: NoInfer<R>, origin: Origin) => void;
  /** The row with the key of the given fields is gone. */
  readonly remove: <R extends object>(table: Table<R>, key: NoInfer<Partial<R>>) => void;
  /** In the order in which they were made. */
  readonly rowsOf: (table: AnyTable) => readonly ExpectedRow[];
};

/** A row as it was given: most are put again before anybody asks for their values. */
type GivenRow = Origin & { readonly row: Values };

export function createRowBook(subject: Subject): RowBook {
  const tables = new Map<string, Map<string, GivenRow>>();
  const scope = { tenantId: subject.tenantId, [subject.scope]: subject.id };

  const rowsIn = (table: AnyTable): Map<string, GivenRow> => {
    const rows = tables.get(table.name) ?? new Map<string, GivenRow>();
    tables.set(table.name, rows);
    return rows;
  };
  const valuesOf = (table: AnyTable, row: Values): Values => {
    const values: Record<string, unknown> = { ...scope };
    for (const field of Object.keys(table.columns)) values[field] = row[field] ?? null;
    return values;
  };
  const placeOf = (table: AnyTable, row: object): string => keyText(table.key, row as Values);

  return {
    put: (table, event, row) => {
      const rows = rowsIn(table);
      const place = placeOf(table, row);
      rows.set(place, { row: row as Values, madeBy: rows.get(place)?.madeBy ?? event, changedBy: event });
    },
    place: (table, row, { madeBy, changedBy }) => {
      rowsIn(table).set(placeOf(table, row), { row: row as Values, madeBy, changedBy });
    },
    remove: (table, key) => {
      rowsIn(table).delete(placeOf(table, key));
    },
    rowsOf: (table) =>
      Array.from(rowsIn(table).values(), ({ row, ...origin }) => ({ values: valuesOf(table, row), ...origin })),
  };
}

/** The text that tells a row from the others of its table. */
export function rowKey(table: AnyTable, values: Values): string {
  return keyText(keyOf(table), values);
}

function keyText(fields: readonly string[], values: Values): string {
  const [only] = fields;
  if (fields.length === 1 && only !== undefined) return String(values[only]);
  return JSON.stringify(fields.map((field) => String(values[field])));
}
