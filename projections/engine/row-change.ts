import type { AnyTable, Table } from './table';

/**
 * What an event does to the rows of its scope. Few kinds, each of which can be done in memory and written for thousands
 * of events at once.
 */
export type RowChange =
  | { readonly kind: 'put'; readonly table: AnyTable; readonly row: Fields }
  | ({ readonly kind: 'change'; readonly table: AnyTable; readonly where: Fields } & Change)
  | { readonly kind: 'remove'; readonly table: AnyTable; readonly where: Fields };

type Fields = Readonly<Record<string, unknown>>;

type Change = {
  /** Nothing changes unless some row of the scope is like this. */
  readonly onlyIf: Fields | null;
  readonly set: Fields;
  /** Field → the field of the same row whose value it takes. */
  readonly copy: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, number>>;
  /** Field that holds a list → what goes to its end. */
  readonly append: Fields;
};

/** A condition on one field: a value to equal, or one of these. */
type Condition<V> =
  V | { readonly oneOf: readonly V[] } | { readonly not: V } | { readonly atLeast: V } | { readonly among: Among };

type Among = { readonly table: AnyTable; readonly where: Fields; readonly field: string };

/** Rows like this; `{}` is every row of the scope. */
export type Where<R> = { readonly [F in keyof R]?: Condition<R[F]> };

type Lists<R> = { readonly [F in keyof R as R[F] extends readonly unknown[] ? F : never]?: ElementOf<R[F]> };
type ElementOf<L> = L extends readonly (infer E)[] ? E : never;
type Numbers<R> = { readonly [F in keyof R as R[F] extends number ? F : never]?: number };
type Copies<R> = { readonly [F in keyof R]?: keyof R & string };

/** The row is there afterwards as given, new or instead of the one with the same key. */
export function put<R extends object>(table: Table<R>, row: NoInfer<R>): RowChange {
  return { kind: 'put', table, row: row as Fields };
}

/** Rows that are like `where` change; none is made. All of `set`, `copy`, `add` and `append` see the row as it was. */
export function change<R extends object>(
  table: Table<R>,
  where: NoInfer<Where<R>>,
  how: NoInfer<{
    readonly onlyIf?: Where<R>;
    readonly set?: Partial<R>;
    readonly copy?: Copies<R>;
    readonly add?: Numbers<R>;
    readonly append?: Lists<R>;
  }>,
): RowChange {
  const { onlyIf, set, copy, add, append } = how as Partial<Change>;
  return {
    kind: 'change',
    table,
    where,
    onlyIf: onlyIf ?? null,
    set: set ?? {},
    copy: copy ?? {},
    add: add ?? {},
    append: append ?? {},
  };
}

/** Rows that are like `where` go. */
export function remove<R extends object>(table: Table<R>, where: NoInfer<Where<R>>): RowChange {
  return { kind: 'remove', table, where };
}

/** A condition: the value is `field` of some row of another table of the same projection and scope. */
export function among<R extends object>(
  table: Table<R>,
  where: NoInfer<Where<R>>,
  field: keyof R & string,
): { readonly among: Among } {
  return { among: { table, where, field } };
}

/** The tables whose rows must be known before the change can be done. */
export function tablesToKnow(change: RowChange): readonly AnyTable[] {
  if (change.kind === 'put') return change.table.onlyNewKeys ? [] : [change.table];
  const others = Object.values(change.where).flatMap((condition) =>
    isAmong(condition) ? [condition.among.table] : [],
  );
  return others.length === 0 ? [change.table] : [change.table, ...others];
}

export function isAmong(condition: unknown): condition is { readonly among: Among } {
  return typeof condition === 'object' && condition !== null && 'among' in condition;
}
