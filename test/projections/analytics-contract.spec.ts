import type { Client } from 'pg';
import { analyticsSchema } from '../../projections/analytics/schema';
import { engagementCatalogue } from '../../src/engagement/catalogue';
import type { EngagementEventType } from '../../src/engagement/events';
import { redact } from '../../src/engagement/text';
import type { NewEvent } from '../../src/event-store/event-store';
import { applyDisclosuresSchema } from '../../src/records/disclosures';
import { historyOf } from '../support/histories';
import { openReadModels, type ReadModels } from '../support/read-models';
import { asAnalyst } from '../support/analyst';
import { contract } from './analytics-contract';

const MARKER = 'Zanzibar-7';

/** The event with the marker in place of every text of a person or of a plan. */
function marked(event: NewEvent): NewEvent {
  const { personal, plan } = engagementCatalogue[event.type as EngagementEventType];
  return { ...event, data: markedWhere(event.data, redact(event.data, [...personal, ...plan])) as object };
}

function markedWhere(original: unknown, redacted: unknown): unknown {
  if (redacted === null && original !== null) return Array.isArray(original) ? [MARKER] : MARKER;
  if (typeof original !== 'object' || original === null) return original;
  const inside = redacted as Readonly<Record<string, unknown>>;
  if (Array.isArray(original)) return original.map((element, index) => markedWhere(element, inside[index]));
  return Object.fromEntries(Object.entries(original).map(([key, value]) => [key, markedWhere(value, inside[key])]));
}

describe('the analytics contract', () => {
  let models: ReadModels;
  const histories = [
    ...Array.from({ length: 40 }, (_, seed) => historyOf({ seed: seed + 70, tenantId: 'demo', length: 60 })),
    ...Array.from({ length: 5 }, (_, seed) => historyOf({ seed: seed + 300, tenantId: 'other', length: 60 })),
  ];
  const people = ['client', 'coach', 'sponsor'].map((kind) => ({
    stream: `participant-demo_${kind}`,
    events: [
      {
        ...histories[0]!.events[0]!,
        eventId: `00000000-0000-4000-8000-00000000000${kind.length}`,
        type: 'ParticipantRegistered',
        data: { participantId: kind, kind, name: MARKER, email: `${MARKER}@example.org` },
      },
    ],
  }));
  const views = Object.keys(contract.views);

  beforeAll(async () => {
    models = await openReadModels();
    await applyDisclosuresSchema(models.pool);
    await models.play([...histories.map((history) => ({ ...history, events: history.events.map(marked) })), ...people]);
    await models.project();
  });
  afterAll(() => models.close());

  const query = async <R extends object>(text: string): Promise<R[]> => (await models.pool.query<R>(text)).rows;
  const analyst = <T>(work: (client: Pick<Client, 'query'>) => Promise<T>) => asAnalyst(models.pool, work);

  it('is the one that its version stands for', async () => {
    const columns = await query<{ view: string; columns: Record<string, string> }>(`
      SELECT c.relname AS view, json_object_agg(a.attname, format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS columns
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'analytics'::regnamespace GROUP BY c.relname`);
    const functions = await query<{ name: string; takes: string; gives: string }>(`
      SELECT proname AS name, pg_get_function_arguments(oid) AS takes, pg_get_function_result(oid) AS gives
      FROM pg_proc WHERE pronamespace = 'analytics'::regnamespace`);
    const [version] = await query<{ major: number; minor: number }>('SELECT * FROM analytics.contract');
    const found = {
      version: `${version?.major}.${version?.minor}`,
      // As text, so that the order of the columns counts too.
      views: Object.fromEntries(columns.map(({ view, columns: of }) => [view, JSON.stringify(of)])),
      functions: Object.fromEntries(functions.map(({ name, takes, gives }) => [name, `(${takes}) ${gives}`])),
    };
    const pinned = Object.entries(contract.views).map(([view, of]) => [view, JSON.stringify(of)]);
    expect(found).toEqual({ ...contract, views: Object.fromEntries(pinned) });
  });

  it('says in the database what everything in it is', async () => {
    const silent = await query<{ what: string }>(`
      SELECT 'schema' AS what WHERE obj_description('analytics'::regnamespace, 'pg_namespace') IS NULL
      UNION ALL
      SELECT c.relname || coalesce('.' || a.attname, '')
      FROM pg_class c
      LEFT JOIN LATERAL (
        SELECT 0 AS attnum, NULL AS attname
        UNION ALL SELECT attnum, attname FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0
      ) a ON true
      WHERE c.relnamespace = 'analytics'::regnamespace AND coalesce(trim(col_description(c.oid, a.attnum)), '') = ''
      UNION ALL
      SELECT proname FROM pg_proc WHERE pronamespace = 'analytics'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL`);
    expect(silent).toEqual([]);
  });

  it('lets an analyst read every view and every table of the product', async () => {
    await analyst(async (client) => {
      for (const view of views) {
        const { rows } = await client.query(`SELECT * FROM analytics.${view} LIMIT 1`);
        expect({ view, rows: rows.length }).toEqual({ view, rows: 1 });
      }
      for (const name of Object.keys(contract.functions)) {
        const { rows } = await client.query(`SELECT * FROM analytics.${name}('demo') LIMIT 1`);
        expect({ name, rows: rows.length }).toEqual({ name, rows: 1 });
      }
    });
  });

  it('lets an analyst read nothing else, and write nothing at all', async () => {
    const others = await query<{ name: string; schema: string }>(`
      SELECT c.oid::regclass::text AS name, n.nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('analytics', 'information_schema')`);
    const schemas = new Set(others.map(({ schema }) => schema));
    expect([...schemas]).toEqual(expect.arrayContaining(['read_model', 'event_log', 'records', 'projections']));
    for (const { name } of others) {
      await expect(analyst((client) => client.query(`SELECT 1 FROM ${name}`))).rejects.toThrow('permission denied');
    }
    for (const statement of [
      'DELETE FROM analytics.engagement_facts',
      'CREATE TABLE analytics.own (id integer)',
      'CREATE TABLE read_model.own (id integer)',
      'UPDATE analytics.engagement_facts SET starts_on = ends_on',
    ]) {
      await expect(analyst((client) => client.query(statement))).rejects.toThrow('permission denied');
    }
  });

  it('has no text of a person or of a plan anywhere', async () => {
    const holding = async (from: string) =>
      (
        await query<{ held: number }>(
          `SELECT count(*)::integer AS held FROM ${from} t WHERE t::text LIKE '%${MARKER}%'`,
        )
      )[0]?.held;
    // The rows it is made of are full of it.
    for (const table of [
      'engagements',
      'goals',
      'milestones',
      'plan_revisions',
      'barriers',
      'check_ins',
      'audit',
      'participants',
    ]) {
      expect(await holding(`read_model.${table}`)).toBeGreaterThan(0);
    }
    for (const view of views) expect(await holding(`analytics.${view}`)).toBe(0);
    for (const name of Object.keys(contract.functions)) expect(await holding(`analytics.${name}('demo')`)).toBe(0);
  });

  it('has no text but ids and words of a short list', async () => {
    const words = new Set<string>();
    for (const [view, columns] of Object.entries(contract.views)) {
      for (const [column, type] of Object.entries(columns)) {
        if (type !== 'text' || column.endsWith('_id')) continue;
        const rows = await query<{ value: string }>(
          `SELECT DISTINCT ${column} AS value FROM analytics.${view} WHERE ${column} IS NOT NULL`,
        );
        for (const { value } of rows) words.add(value);
      }
    }
    expect(words.size).toBeGreaterThan(25);
    expect(words.size).toBeLessThan(60);
    expect([...words].filter((word) => !/^[a-z-]+$/.test(word))).toEqual([]);
  });

  it('keeps tenants apart by the first column', async () => {
    for (const [view, columns] of Object.entries(contract.views)) {
      if (view === 'contract') continue;
      expect(Object.keys(columns)[0]).toBe('tenant_id');
      const rows = await query<{ tenant_id: string }>(`SELECT DISTINCT tenant_id FROM analytics.${view} ORDER BY 1`);
      expect({ view, rows }).toEqual({ view, rows: [{ tenant_id: 'demo' }, { tenant_id: 'other' }] });
    }
  });

  it('follows when the tables are exchanged, and keeps grants and what others built on it', async () => {
    const { pool } = models;
    const client = await pool.connect();
    const count = async (of: string) => Number((await client.query(`SELECT count(*) AS n FROM ${of}`)).rows[0].n);
    try {
      await client.query('BEGIN');
      await client.query('CREATE SCHEMA dashboards');
      await client.query('CREATE VIEW dashboards.late AS SELECT * FROM analytics.milestone_facts');
      await client.query('GRANT SELECT ON analytics.milestone_facts TO pg_monitor');
      const before = await count('analytics.milestone_facts');
      await client.query('CREATE TABLE read_model.rebuilt (LIKE read_model.milestones INCLUDING ALL)');
      await client.query(
        "INSERT INTO read_model.rebuilt SELECT * FROM read_model.milestones WHERE tenant_id = 'other'",
      );
      await client.query('ALTER TABLE read_model.milestones RENAME TO milestones_before');
      await client.query('ALTER TABLE read_model.rebuilt RENAME TO milestones');
      expect(await count('analytics.milestone_facts')).toBe(before);
      await client.query(analyticsSchema());
      const after = await count('analytics.milestone_facts');
      expect([after > 0, after < before, await count('dashboards.late')]).toEqual([true, true, after]);
      // Nothing holds on to the former table any more.
      await client.query('DROP TABLE read_model.milestones_before');
      const { rows } = await client.query(
        "SELECT has_table_privilege('pg_monitor', 'analytics.milestone_facts', 'SELECT') AND has_table_privilege('cairn_analyst', 'analytics.milestone_facts', 'SELECT') AS kept",
      );
      expect(rows).toEqual([{ kept: true }]);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});
