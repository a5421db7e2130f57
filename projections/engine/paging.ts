import type { Queryable } from '../../src/platform/database';
import { columnName, selectList, type AnyTable, type Stamps, type Table } from './table';

/** At most `limit` rows after the place that an earlier slice gave as `next`; null: from the first. */
export type PageAt = { readonly limit: number; readonly after: unknown };

/** `next` is null when there are no more rows. It is plain JSON. */
export type Slice<Row> = { readonly rows: readonly Row[]; readonly next: Place | null };
type Place = readonly (string | number | null)[];

/** A row with what the engine keeps of its origin. */
export type Stamped<R> = R & Stamps;

/** The slice that `rows` make, of which one more than the page holds was asked for. */
export function toSlice<Row>(rows: readonly Row[], page: PageAt, placeOf: (row: Row) => Place): Slice<Row> {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > page.limit && last !== undefined ? placeOf(last) : null };
}

/** The part of the place at `index`; null on the first page. */
export function placeAt(page: PageAt, index: number): string | number | null {
  return (page.after as Place | null)?.[index] ?? null;
}

export type OfEngagement = { readonly tenantId: string; readonly engagementId: string };

/**
 * The engagement's rows of the table, what was made last first.
 *
 * @param more columns and conditions beside the table's own, on its alias `t`; its values are `$5` and on
 */
export async function newestFirst<R extends object, Extra extends object = object>(
  db: Queryable,
  table: Table<R>,
  { tenantId, engagementId }: OfEngagement,
  page: PageAt,
  more: { readonly select?: string; readonly where?: string; readonly values?: readonly unknown[] } = {},
): Promise<Slice<Stamped<R & Extra>>> {
  const { rows } = await db.query<Stamped<R & Extra>>(
    `SELECT ${selectList(table, 't')} ${more.select ? `, ${more.select}` : ''}
     FROM ${table.name} t
     WHERE t.tenant_id = $1 AND t.engagement_id = $2 AND ($3::bigint IS NULL OR t.ordinal < $3)
       ${more.where ? `AND ${more.where}` : ''}
     ORDER BY t.ordinal DESC LIMIT $4`,
    [tenantId, engagementId, placeAt(page, 0), page.limit + 1, ...(more.values ?? [])],
  );
  return toSlice(rows, page, ({ ordinal }) => [ordinal]);
}

/**
 * The engagement's rows in the order of their number, or the other way round.
 *
 * @param field holds the number, and is the table's key
 * @param more as above
 */
export async function inOrder<R extends object>(
  db: Queryable,
  table: Table<R>,
  field: keyof R & string,
  { tenantId, engagementId }: OfEngagement,
  order: 'asc' | 'desc',
  page: PageAt,
  more: { readonly where: string; readonly values: readonly unknown[] } = { where: 'true', values: [] },
): Promise<Slice<Stamped<R>>> {
  const number = `t.${columnName(field)}`;
  const { rows } = await db.query<Stamped<R>>(
    `SELECT ${selectList(table, 't')}
     FROM ${(table as AnyTable).name} t
     WHERE t.tenant_id = $1 AND t.engagement_id = $2
       AND ($3::integer IS NULL OR ${number} ${order === 'asc' ? '>' : '<'} $3)
       AND ${more.where}
     ORDER BY ${number} ${order} LIMIT $4`,
    [tenantId, engagementId, placeAt(page, 0), page.limit + 1, ...more.values],
  );
  return toSlice(rows, page, (row) => [row[field] as number]);
}
