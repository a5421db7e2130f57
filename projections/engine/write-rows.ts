import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { arrayLiteral, copyText } from './encoding';
import type { Values } from './matching';
import type { ProjectedEvent } from './projection';
import { columnName, columnsOf, keyOf, scopeTypes, selectList, type AnyTable } from './table';
import type { Unwritten } from './table-rows';

/** The rows of the events' streams as the database has them, by stream and in the order they were made. */
export async function loadRows(
  client: PoolClient,
  table: AnyTable,
  streams: readonly ProjectedEvent[],
): Promise<Map<string, Values[]>> {
  const scope = columnName(table.scope);
  const { rows } = await client.query<Values>({
    name: `load ${table.name}`,
    text: `
      SELECT ${selectList(table, 't')}
      FROM unnest($1::text[], $2::${scopeTypes[table.scope]}[]) AS wanted (tenant_id, scope_id)
      JOIN ${table.name} t ON t.tenant_id = wanted.tenant_id AND t.${scope} = wanted.scope_id
      ORDER BY t.ordinal`,
    values: [streams.map((event) => event.tenantId), streams.map((event) => event.subjectId)],
  });
  const streamOf = new Map(streams.map((event) => [`${event.tenantId} ${event.subjectId}`, event.stream]));
  const found = new Map<string, Values[]>();
  for (const row of rows) {
    const stream = streamOf.get(`${String(row.tenantId)} ${String(row[table.scope])}`) ?? '';
    const ofStream = found.get(stream);
    if (ofStream) ofStream.push(row);
    else found.set(stream, [row]);
  }
  return found;
}

/** Writes rows in at most three statements, whatever their number. */
export async function writeRows(client: PoolClient, table: AnyTable, rows: Unwritten): Promise<void> {
  if (rows.removed.length > 0) await deleteRows(client, table, rows.removed);
  if (rows.changed.length > 0) await updateRows(client, table, rows.changed);
  if (rows.added.length > 0) await insertRows(client, table, rows.added);
}

async function insertRows(client: PoolClient, table: AnyTable, rows: readonly Values[]): Promise<void> {
  const columns = columnsOf(table);
  const sql = `COPY ${table.name} (${columns.map(({ column }) => column).join(', ')}) FROM STDIN`;
  await pipeline(Readable.from(copyText(columns, rows)), client.query(copyFrom(sql)));
}

async function updateRows(client: PoolClient, table: AnyTable, rows: readonly Values[]): Promise<void> {
  const columns = columnsOf(table);
  const key = new Set(keyOf(table));
  const assignments = columns
    .filter(({ field }) => !key.has(field) && field !== 'ordinal')
    .map(({ column }) => `${column} = n.${column}`);
  const { rowCount } = await client.query({
    name: `update ${table.name}`,
    text: `
      UPDATE ${table.name} t SET ${assignments.join(', ')}
      FROM unnest(${columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')})
        AS n (${columns.map(({ column }) => column).join(', ')})
      WHERE ${sameKey(table)}`,
    values: columns.map((column) => arrayLiteral(column, rows)),
  });
  mustBe(rows.length, rowCount, table);
}

async function deleteRows(client: PoolClient, table: AnyTable, rows: readonly Values[]): Promise<void> {
  const key = new Set(keyOf(table));
  const columns = columnsOf(table).filter(({ field }) => key.has(field));
  const { rowCount } = await client.query({
    name: `delete ${table.name}`,
    text: `
      DELETE FROM ${table.name} t
      USING unnest(${columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')})
        AS n (${columns.map(({ column }) => column).join(', ')})
      WHERE ${sameKey(table)}`,
    values: columns.map((column) => arrayLiteral(column, rows)),
  });
  mustBe(rows.length, rowCount, table);
}

function sameKey(table: AnyTable): string {
  return keyOf(table)
    .map((field) => `t.${columnName(field)} = n.${columnName(field)}`)
    .join(' AND ');
}

/** The rows in memory are those of the database, or something else writes to the table. */
function mustBe(expected: number, actual: number | null, table: AnyTable): void {
  if (actual === expected) return;
  throw new Error(`${String(actual)} rows of ${table.name} were there to be written, not ${expected}`);
}
