import { columnName, columnsOf, scopeTypes, type AnyTable, type Scope } from '../../projections/engine/table';
import { inTransaction, type Pool, type Queryable } from '../platform/database';
import { decode, readColumn } from './columns';
import type { VerifiedModel } from './fold';
import type { Reached, ReadReached } from './reached';
import type { Values } from './row-book';
import type { Subject } from './subject';

/** The rows of some subjects and how far they have come, as of one instant. */
export type Snapshot = {
  readonly reached: Reached;
  /** The subject's rows of the table by field, stamps included, as they were made. */
  readonly rowsOf: (table: AnyTable, subject: Subject) => readonly Values[];
};

/**
 * Reads rows and positions in one read-only transaction, so that a projection that goes on meanwhile is not seen half
 * way. It holds no transaction id: nobody who reads the log waits for it.
 *
 * @param readsFrom the table in the database, with its schema, in which rows of a read model's table are looked for
 */
export async function readSnapshot(
  pool: Pool,
  models: readonly VerifiedModel[],
  subjects: readonly Subject[],
  readReached: ReadReached,
  readsFrom: (tableName: string) => string,
): Promise<Snapshot> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const streams = subjects.map(({ stream }) => stream);
    const reached = await readReached(client, streams);
    const found = new Map<string, Values[]>();
    for (const { scope, tables } of models) {
      const wanted = subjects.filter((subject) => subject.scope === scope);
      if (wanted.length === 0) continue;
      for (const table of tables) {
        for (const row of await readRows(client, table, readsFrom(table.name), wanted)) {
          const place = placeOf(table, scope, row);
          const rows = found.get(place);
          if (rows) rows.push(row);
          else found.set(place, [row]);
        }
      }
    }
    return {
      reached,
      rowsOf: (table, { scope, tenantId, id }) => found.get(placeOf(table, scope, { tenantId, [scope]: id })) ?? [],
    };
  });
}

function placeOf(table: AnyTable, scope: Scope, row: Values): string {
  return `${table.name}\n${String(row.tenantId)}\n${String(row[scope])}`;
}

async function readRows(
  db: Queryable,
  table: AnyTable,
  from: string,
  subjects: readonly Subject[],
): Promise<readonly Values[]> {
  const columns = columnsOf(table);
  const list = columns.map(({ field, column, type }) => `${readColumn(`t.${column}`, type)} AS "${field}"`).join(', ');
  const { rows } = await db.query<Record<string, string | null>>(
    `SELECT ${list}
     FROM unnest($1::text[], $2::${scopeTypes[table.scope]}[]) AS wanted (tenant_id, scope_id)
     JOIN ${from} t ON t.tenant_id = wanted.tenant_id AND t.${columnName(table.scope)} = wanted.scope_id
     ORDER BY t.ordinal`,
    [subjects.map(({ tenantId }) => tenantId), subjects.map(({ id }) => id)],
  );
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ field, type }) => [field, decode(row[field] ?? null, type)])),
  );
}
