import { columnsOf, keyOf, type AnyTable, type ColumnType } from '../../projections/engine/table';
import { describeDifference, type Difference } from '../../src/verification/difference';
import { verifiedModels } from '../../src/verification/models';
import { readCheckpoints } from '../../src/verification/reached';
import type { Verification } from '../../src/verification/verification';
import { verifyAll } from '../../src/verification/verify';
import { verifyStreams } from '../../src/verification/verify-streams';
import { decidedHistories } from '../support/decided-histories';
import { historyOf } from '../support/histories';
import { personHistory } from '../support/people';
import { openReadModels, type ReadModels } from '../support/read-models';

/** What makes another value of a column out of the one that is there. */
const ANOTHER: Readonly<Record<ColumnType, (column: string) => string>> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => `${column} || '.'`,
  date: (column) => `${column} + 1`,
  timestamptz: (column) => `${column} + interval '1 microsecond'`,
  integer: (column) => `${column} + 1000000`,
  bigint: (column) => `${column} + 1000`,
  'double precision': (column) => `${column} + 0.000001`,
  boolean: (column) => `NOT ${column}`,
  numeric: (column) => `${column} + 1`,
  jsonb: (column) => `jsonb_build_array(${column})`,
};

const SOME: Readonly<Record<ColumnType, string>> = {
  uuid: 'gen_random_uuid()',
  text: "''",
  date: "'2026-02-03'",
  timestamptz: "'2026-02-03T10:00Z'",
  integer: '0',
  bigint: '0',
  'double precision': '0',
  boolean: 'false',
  numeric: '0',
  jsonb: "'null'",
};

type Cell = {
  readonly projection: string;
  readonly table: AnyTable;
  readonly field: string;
  readonly column: string;
  readonly type: ColumnType;
};

const cells: readonly Cell[] = verifiedModels.flatMap(({ name, tables }) =>
  tables.flatMap((table) => columnsOf(table).map((column) => ({ projection: name, table, ...column }))),
);
const named = cells.map((cell) => [`${cell.table.name}.${cell.column}`, cell] as const);

describe('verifying rows', () => {
  let models: ReadModels;
  let verification: Verification;
  const irregular = historyOf({ seed: 77, length: 10 });
  const histories = [
    {
      ...irregular,
      events: irregular.events.map((event) => ({ ...event, data: { ...event.data, checkInEveryDays: null } })),
    },
    ...Array.from({ length: 12 }, (_, seed) => historyOf({ seed: seed + 1, length: 30 + seed * 12 })),
    ...decidedHistories(15, { seed: 21, tenantId: 'decided' }),
    ...Array.from({ length: 6 }, (_, seed) => personHistory(seed + 1, 'firm')),
  ];

  beforeAll(async () => {
    models = await openReadModels();
    verification = { pool: models.pool, store: models.store, timeZone: 'UTC', readReached: readCheckpoints };
    await models.play(histories);
    await models.project();
    // What the database derives can only be wrong where it no longer does.
    await models.pool.query('ALTER TABLE read_model.engagements ALTER COLUMN state DROP EXPRESSION');
  });
  afterAll(async () => {
    // Everything is back in its place, so each difference was due to its own corruption.
    expect((await verifyAll(verification)).differences).toEqual([]);
    await models.close();
  });

  async function verifyOne(stream: string): Promise<Difference | undefined> {
    return (await verifyStreams(verification, [stream])).differences[0];
  }

  /** Puts another value into one cell, sees what verifying finds, and puts the old value back. */
  async function corrupt({ table, column, type }: Cell, where: string, value: string) {
    const { pool } = models;
    const { rows: found } = await pool.query<{ place: string; row: Record<string, unknown>; old: string | null }>(
      `SELECT ctid::text AS place, to_jsonb(t) AS row, ${column}::text AS old FROM ${table.name} t
       WHERE ${where} ORDER BY event_id LIMIT 1`,
    );
    const [before] = found;
    if (!before) throw new Error(`No row of ${table.name} has ${where}`);
    const { rows: changed } = await pool.query<{ place: string; now: string | null }>(
      `UPDATE ${table.name} SET ${column} = ${value} WHERE ctid = $1::tid RETURNING ctid::text AS place, ${column}::text AS now`,
      [before.place],
    );
    const after = changed[0]!;
    const { row } = before;
    const kind = table.scope === 'engagementId' ? 'engagement' : 'participant';
    const id = String(row[table.scope === 'engagementId' ? 'engagement_id' : 'participant_id']);
    const stream = `${kind}-${String(row.tenant_id)}_${id}`;
    const difference = await verifyOne(stream);
    await pool.query(`UPDATE ${table.name} SET ${column} = $1::${type} WHERE ctid = $2::tid`, [
      before.old,
      after.place,
    ]);
    return { row, stream, old: before.old, now: after.now, difference };
  }

  function nameOf(column: string): string {
    return column.replaceAll('"', '');
  }

  function keyOfRow(table: AnyTable, row: Record<string, unknown>) {
    const key = columnsOf(table).filter(({ field }) => keyOf(table).includes(field));
    return Object.fromEntries(key.map(({ column }) => [nameOf(column), row[nameOf(column)]]));
  }

  /** The value as a difference shows it. */
  function shown({ type, field }: Cell, text: string | null, side: 'expected' | 'actual'): unknown {
    if (text === null) return null;
    if (field === 'ordinal' && side === 'expected') return Math.floor(Number(text) / 1000) * 1000;
    if (['integer', 'bigint', 'double precision'].includes(type)) return Number(text);
    if (type === 'boolean') return text === 'true';
    if (type === 'jsonb') return text === 'null' ? text : JSON.parse(text);
    if (type !== 'timestamptz') return text;
    const [, day, time, fraction = ''] = /^(\S+) ([\d:]+)\.?(\d*)\+00$/.exec(text) ?? [];
    return `${day}T${time}.${fraction.padEnd(6, '0')}Z`;
  }

  async function expectFound(cell: Cell, where: string, value: string): Promise<void> {
    const { row, stream, old, now, difference } = await corrupt(cell, where, value);
    const [event] = await models.store.findInStream(stream, [String(row.event_id)]);
    expect(difference).toMatchObject({
      stream,
      projection: cell.projection,
      table: cell.table.name,
      key: keyOfRow(cell.table, row),
      event: { eventId: row.event_id, type: event!.type, revision: Number(event!.revision) },
    });
    if (keyOf(cell.table).includes(cell.field)) {
      expect(difference).toMatchObject({ kind: 'missing row', column: null, actual: null });
    } else {
      expect(difference).toMatchObject({ kind: 'value', column: nameOf(cell.column) });
      expect([difference?.expected, difference?.actual]).toEqual([
        shown(cell, old, 'expected'),
        shown(cell, now, 'actual'),
      ]);
      expect(describeDifference(difference!)).toContain(`has ${nameOf(cell.column)} `);
    }
  }

  it.each(named)('finds another value in %s', async (_, cell) => {
    await expectFound(cell, `${cell.column} IS NOT NULL`, ANOTHER[cell.type](cell.column));
  });

  it('finds a value gone, or one where none should be, in every column that may be empty', async () => {
    const { rows } = await models.pool.query<{ name: string; column: string }>(
      `SELECT table_schema || '.' || table_name AS name, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'read_model' AND is_nullable = 'YES'`,
    );
    expect(rows.length).toBeGreaterThan(30);
    for (const { name, column } of rows) {
      const cell = cells.find((one) => one.table.name === name && nameOf(one.column) === column)!;
      await expectFound(cell, `${cell.column} IS NOT NULL`, 'NULL');
      await expectFound(cell, `${cell.column} IS NULL`, SOME[cell.type]);
    }
  });
});
