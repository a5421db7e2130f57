import { matcher, type RowsOf, type Values } from './matching';
import type { ProjectedEvent } from './projection';
import type { RowChange } from './row-change';
import { type AnyTable, keyOf } from './table';

/** A row in memory: `new` is not in the database yet, `changed` is there otherwise. */
type Entry = { readonly values: Values; state: 'stored' | 'new' | 'changed' };
type ScopeRows = Map<string, Entry>;

/** What must be written so that the database has the rows as they are in memory. */
export type Unwritten = { readonly added: Values[]; readonly changed: Values[]; readonly removed: Values[] };

/**
 * The rows of one table that events are being applied to, by stream. A stream's rows are *known* when all of them are
 * here; only then can it be told whether a key is new.
 */
export type TableRows = {
  readonly isKnown: (stream: string) => boolean;
  /** From now on the stream's rows are these, as the database has them. */
  readonly learn: (stream: string, rows: readonly Values[]) => void;
  readonly of: (stream: string) => Iterable<Values>;
  readonly apply: (event: ProjectedEvent, change: RowChange, ordinal: number, rowsOf: RowsOf) => void;
  readonly unwritten: () => Unwritten;
  /** What was unwritten has been written. Streams that were used least recently are let go above `maxRows`. */
  readonly written: (maxRows: number) => void;
  /** The database may have other rows by now. */
  readonly forget: () => void;
};

export function createTableRows(table: AnyTable): TableRows {
  /** In the order of their last use. */
  const streams = new Map<string, ScopeRows>();
  const known = new Set<string>();
  const unwritten = new Set<Entry>();
  let removed: Values[] = [];
  let rowCount = 0;
  const identify = keyReader(table);
  const fields = Object.keys(table.columns);

  const rowsOfStream = (stream: string): ScopeRows => {
    const rows: ScopeRows = streams.get(stream) ?? new Map<string, Entry>();
    streams.delete(stream);
    streams.set(stream, rows);
    return rows;
  };

  const put = (event: ProjectedEvent, row: Readonly<Values>, ordinal: number): void => {
    const rows = rowsOfStream(event.stream);
    const key = identify(row);
    const old = rows.get(key);
    const values = old?.values ?? { tenantId: event.tenantId, [table.scope]: event.subjectId, ordinal };
    for (const field of fields) values[field] = row[field];
    stamp(values, event);
    if (old) touch(old);
    else {
      const entry: Entry = { values, state: 'new' };
      rows.set(key, entry);
      unwritten.add(entry);
      rowCount += 1;
    }
  };

  /** The rows that `where` may mean: one alone when it names the key. */
  const candidates = (stream: string, where: Readonly<Values>): Iterable<readonly [string, Entry]> => {
    const rows = rowsOfStream(stream);
    if (!table.key.every((field) => typeof where[field] === 'string')) return [...rows];
    const key = identify(where);
    const entry = rows.get(key);
    return entry ? [[key, entry]] : [];
  };

  const touch = (entry: Entry): void => {
    if (entry.state === 'stored') entry.state = 'changed';
    unwritten.add(entry);
  };

  const change = (event: ProjectedEvent, how: Extract<RowChange, { kind: 'change' }>, rowsOf: RowsOf): void => {
    if (how.onlyIf) {
      const wanted = matcher(how.onlyIf, rowsOf);
      if (!some(rowsOf(table), wanted)) return;
    }
    const matches = matcher(how.where, rowsOf);
    for (const [, entry] of candidates(event.stream, how.where)) {
      if (!matches(entry.values)) continue;
      Object.assign(entry.values, changed(entry.values, how));
      stamp(entry.values, event);
      touch(entry);
    }
  };

  const remove = (stream: string, where: Readonly<Values>, rowsOf: RowsOf): void => {
    const rows = rowsOfStream(stream);
    const matches = matcher(where, rowsOf);
    for (const [key, entry] of candidates(stream, where)) {
      if (!matches(entry.values)) continue;
      rows.delete(key);
      unwritten.delete(entry);
      rowCount -= 1;
      if (entry.state !== 'new') removed.push(entry.values);
    }
  };

  const letGo = (stream: string, rows: ScopeRows): void => {
    rowCount -= rows.size;
    streams.delete(stream);
    known.delete(stream);
  };

  const forget = (): void => {
    streams.clear();
    known.clear();
    unwritten.clear();
    removed = [];
    rowCount = 0;
  };

  return {
    isKnown: (stream) => known.has(stream),
    learn: (stream, rows) => {
      const learnt = rowsOfStream(stream);
      for (const values of rows) learnt.set(identify(values), { values, state: 'stored' });
      rowCount += rows.length;
      known.add(stream);
    },
    *of(stream) {
      for (const entry of streams.get(stream)?.values() ?? []) yield entry.values;
    },
    apply: (event, how, ordinal, rowsOf) => {
      if (how.kind === 'put') put(event, how.row, ordinal);
      else if (how.kind === 'change') change(event, how, rowsOf);
      else remove(event.stream, how.where, rowsOf);
    },
    unwritten: () => {
      const added: Values[] = [];
      const altered: Values[] = [];
      for (const { state, values } of unwritten) (state === 'new' ? added : altered).push(values);
      return { added, changed: altered, removed };
    },
    written: (maxRows) => {
      // Rows that are made once and hardly ever change are not worth keeping.
      if (table.onlyNewKeys) forget();
      for (const entry of unwritten) entry.state = 'stored';
      unwritten.clear();
      removed = [];
      for (const [stream, rows] of streams) {
        if (rowCount <= maxRows) break;
        letGo(stream, rows);
      }
    },
    forget,
  };
}

/** The text that tells a row from the others of its scope. */
function keyReader(table: AnyTable): (row: Readonly<Values>) => string {
  const fields = keyOf(table).slice(2);
  const [only] = fields;
  if (fields.length === 1 && only !== undefined) return (row) => String(row[only]);
  return (row) => fields.map((field) => String(row[field])).join('\n');
}

function changed(row: Values, how: Extract<RowChange, { kind: 'change' }>): Values {
  const result: Values = { ...how.set };
  for (const [field, source] of Object.entries(how.copy)) result[field] = row[source];
  for (const [field, summand] of Object.entries(how.add)) result[field] = (row[field] as number) + summand;
  for (const [field, element] of Object.entries(how.append)) {
    result[field] = [...(row[field] as readonly unknown[]), element];
  }
  return result;
}

function stamp(values: Values, event: ProjectedEvent): void {
  values.eventId = event.eventId;
  values.commitPosition = String(event.position.commit);
  values.preparePosition = String(event.position.prepare);
}

function some(rows: Iterable<Values>, accepts: (row: Values) => boolean): boolean {
  for (const row of rows) if (accepts(row)) return true;
  return false;
}
