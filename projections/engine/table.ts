/** A value as `schema.sql` holds it. In memory instants are ISO text, `numeric` and dates are text, the rest as JSON has it. */
export type ColumnType =
  | 'uuid'
  | 'text'
  | 'date'
  | 'timestamptz'
  | 'integer'
  | 'bigint'
  | 'double precision'
  | 'boolean'
  | 'numeric'
  | 'jsonb';

/** Whose rows a table holds: an engagement's or a person's. Events of one never touch the rows of another. */
export type Scope = 'engagementId' | 'participantId';

/**
 * A table of a read model, as `schema.sql` creates it; names are camel case here and snake case there. Every key starts
 * with the tenant and the scope, which the engine fills in, as it does the stamps (`stampColumns`).
 */
export type Table<R extends object> = AnyTable & {
  readonly key: readonly (keyof R & string)[];
  readonly columns: Readonly<Record<keyof R & string, ColumnType>>;
  /** Carries the type of a row, nothing else. */
  readonly row?: R;
};

export type AnyTable = {
  /** With its schema. */
  readonly name: string;
  readonly scope: Scope;
  /** What tells the rows of one scope apart; empty where there is one. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** No row is ever put twice (its key is the event's own), so what is put need not be looked for first. */
  readonly onlyNewKeys: boolean;
};

/**
 * What the engine writes beside a table's own columns: where in its stream the row was first made (which orders rows as
 * they came), and the event that last changed it.
 */
export const stampColumns = {
  ordinal: 'bigint',
  eventId: 'uuid',
  commitPosition: 'numeric',
  preparePosition: 'numeric',
} as const satisfies Readonly<Record<string, ColumnType>>;

/** The stamps as they are read back. `ordinal` is the revision × 1000, plus the place within the event. */
export type Stamps = {
  readonly ordinal: number;
  readonly eventId: string;
  readonly commitPosition: string;
  readonly preparePosition: string;
};

export function defineTable<R extends object>(table: {
  readonly name: string;
  readonly scope: Scope;
  readonly key: readonly (keyof R & string)[];
  readonly columns: Readonly<Record<keyof R & string, ColumnType>>;
  readonly onlyNewKeys?: boolean;
}): Table<R> {
  return { ...table, onlyNewKeys: table.onlyNewKeys ?? false };
}

export type Column = {
  readonly field: string;
  readonly column: string;
  readonly type: ColumnType;
};

const known = new WeakMap<AnyTable, readonly Column[]>();

/** Every column of the table, in the order in which the engine reads and writes them. */
export function columnsOf(table: AnyTable): readonly Column[] {
  let columns = known.get(table);
  if (!columns) {
    const all = {
      tenantId: 'text',
      [table.scope]: scopeTypes[table.scope],
      ...table.columns,
      ...stampColumns,
    } as const;
    columns = Object.entries(all).map(([field, type]) => ({ field, column: columnName(field), type }));
    known.set(table, columns);
  }
  return columns;
}

// People's ids come from the firm's identity provider.
export const scopeTypes = { engagementId: 'uuid', participantId: 'text' } as const;

/** The fields that make up the primary key. */
export function keyOf(table: AnyTable): readonly string[] {
  return ['tenantId', table.scope, ...table.key];
}

/** `dueOn` → `"due_on"`. */
export function columnName(field: string): string {
  return `"${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
}

/**
 * The table's columns for a SELECT list, read as rows have them in memory, each named by its field.
 *
 * @param alias of the table in the statement
 */
export function selectList(table: AnyTable, alias: string): string {
  return columnsOf(table)
    .map(({ field, column, type }) => `${readAs(`${alias}.${column}`, type)} AS "${field}"`)
    .join(', ');
}

/** An expression that reads the column as rows have it in memory. */
export function readAs(expression: string, type: ColumnType): string {
  switch (type) {
    case 'timestamptz':
      return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    case 'bigint':
      return `${expression}::double precision`;
    case 'numeric':
      return `${expression}::text`;
    default:
      return expression;
  }
}
