import { keyOf, type AnyTable, type Table } from '../../projections/engine/table';
import type { StoredEvent } from '../event-store/event-store';
import type { Subject } from './subject';

export type Values = Readonly<Record<string, unknown>>;

/** A row as the log has it. */
export type ExpectedRow = {
  /** By field: tenant, scope and the table's own columns, without the stamps. */
  readonly values: Values;
  /** The event that first made it. */
  readonly madeBy: StoredEvent;
  /** The event that last changed it, be it to the same values. */
  readonly changedBy: StoredEvent;
};

/** The rows of a subject while its stream is folded, and which events they come from. */
export type RowBook = {
  /** After the event the row is as given, new or instead of the one with the same key. */
  readonly put: <R extends object>(table: Table<R>, event: StoredEvent, row: NoInfer<R>) => void;
  /** A row of which it is known already which events made and changed it. */
  readonly place: <R extends object>(
    table: Table<R>,
    row: NoInfer<R>,
    origin: Pick<ExpectedRow, 'madeBy' | 'changedBy'>,
  ) => void;
  /** The row with the key of the given fields is gone. */
  readonly remove: <R extends object>(table: Table<R>, key: NoInfer<Partial<R>>) => void;
  /** In the order in which they were made. */
  readonly rowsOf: (table: AnyTable) => readonly ExpectedRow[];
};

export function createRowBook(subject: Subject): RowBook {
  const tables = new Map<string, Map<string, ExpectedRow>>();
  const scope = { tenantId: subject.tenantId, [subject.scope]: subject.id };

  const rowsIn = (table: AnyTable): Map<string, ExpectedRow> => {
    const rows = tables.get(table.name) ?? new Map<string, ExpectedRow>();
    tables.set(table.name, rows);
    return rows;
  };
  const valuesOf = (table: AnyTable, row: object): Values => {
    const given = row as Values;
    const own = Object.keys(table.columns).map((field) => [field, given[field] ?? null] as const);
    return { ...scope, ...Object.fromEntries(own) };
  };

  return {
    put: (table, event, row) => {
      const rows = rowsIn(table);
      const values = valuesOf(table, row);
      const key = rowKey(table, values);
      rows.set(key, { values, madeBy: rows.get(key)?.madeBy ?? event, changedBy: event });
    },
    place: (table, row, origin) => {
      const values = valuesOf(table, row);
      rowsIn(table).set(rowKey(table, values), { values, ...origin });
    },
    remove: (table, key) => {
      rowsIn(table).delete(rowKey(table, { ...scope, ...key }));
    },
    rowsOf: (table) => [...rowsIn(table).values()],
  };
}

/** The text that tells a row from the others of its table. */
export function rowKey(table: AnyTable, values: Values): string {
  return JSON.stringify(keyOf(table).map((field) => String(values[field])));
}
