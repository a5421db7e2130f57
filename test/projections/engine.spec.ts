import { projections } from '../../projections';
import { createProjectionEngine } from '../../projections/engine/engine';
import { applyBatch } from '../../projections/engine/apply-batch';
import type { ProjectedEvent, Projection } from '../../projections/engine/projection';
import { put } from '../../projections/engine/row-change';
import { columnName, columnsOf, defineTable } from '../../projections/engine/table';
import { createReadSide } from '../../projections/engine/read-side';
import { toProjectedEvent } from '../../projections/engine/to-projected-event';
import { createWorkingRows } from '../../projections/engine/working-rows';
import { audit } from '../../projections/audit/table';
import type { StoredEvent } from '../../src/event-store/event-store';
import { historyOf } from '../support/histories';
import { contentOf, emptyReadModels, openReadModels, quiet, type ReadModels } from '../support/read-models';

const clock = { now: () => new Date() };

/** A read model of one row an event, which a spec can make fail. */
const counted = defineTable<{ readonly revision: number; readonly size: number }>({
  name: 'read_model.counted',
  scope: 'engagementId',
  key: ['revision'],
  columns: { revision: 'integer', size: 'integer' },
  onlyNewKeys: true,
});

const counting = (sizeOf: (eventId: string) => number, version = 1): Projection => ({
  name: 'counting',
  version,
  tables: [counted],
  on: {},
  onEngagementEvent: ({ eventId, revision }) => [put(counted, { revision, size: sizeOf(eventId) })],
});

describe('the projection engine', () => {
  let models: ReadModels;
  let reference: Readonly<Record<string, string>>;
  const histories = Array.from({ length: 30 }, (_, seed) => historyOf({ seed: seed + 50, length: 40 }));
  const everyEvent = histories.flatMap(({ events }) => events);

  beforeAll(async () => {
    models = await openReadModels();
    await models.pool.query(`
      CREATE TABLE read_model.counted (
        tenant_id text, engagement_id uuid, revision integer, size integer, ordinal bigint, event_id uuid,
        commit_position numeric, prepare_position numeric, PRIMARY KEY (tenant_id, engagement_id, revision)
      )`);
    await models.play(histories);
    await models.project();
    reference = await contentOf(models.pool);
  });
  afterAll(() => models.close());
  beforeEach(async () => {
    await models.pool.query('TRUNCATE read_model.counted');
    await models.pool.query("DELETE FROM projections.checkpoints WHERE name = 'counting'");
  });

  const statusOf = async (name: string, ...more: Projection[]) => {
    const { pool, store } = models;
    const readSide = createReadSide({ pool, store, clock, projections: [...projections, ...more] });
    const status = await readSide.status();
    await readSide.close();
    return status.find((one) => one.name === name);
  };
  const count = async (): Promise<number> =>
    Number((await models.pool.query('SELECT count(*) FROM read_model.counted')).rows[0].count);
  /** Runs the engine until the test of the spec holds. */
  const runUntil = async (some: readonly Projection[], holds: () => Promise<boolean>): Promise<void> => {
    const { pool, store } = models;
    const stop = new AbortController();
    const engine = createProjectionEngine({ pool, store, projections: some, timeZone: 'UTC', logger: quiet });
    const running = engine.run(stop.signal);
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    await running;
  };
  const isStopped = async (one: Projection) => (await statusOf(one.name, one))?.state === 'stopped';

  it.each([7, 60, 333])('makes the same rows of batches of %d', async (batchSize) => {
    await emptyReadModels(models.pool);
    await models.project({ batchSize });
    expect(await contentOf(models.pool)).toEqual(reference);
  });

  it('writes nothing when there is nothing new', async () => {
    await models.project();
    expect(await contentOf(models.pool)).toEqual(reference);
  });

  it('gives each projection only the events that it has not had', async () => {
    const { pool, store } = models;
    const events: ProjectedEvent[] = [];
    for await (const event of store.readAll({ limit: 10 })) events.push(toProjectedEvent(event as StoredEvent, 'UTC'));
    const [behind, ahead] = ['counting', 'counting more'].map((name) => ({ ...counting(() => 1), name }));
    await pool.query(
      `INSERT INTO projections.checkpoints (name, version, state, commit_position, prepare_position)
       VALUES ('counting', 1, 'live', NULL, NULL), ('counting more', 1, 'live', $1, $2)`,
      [String(events[6]!.position.commit), String(events[6]!.position.prepare)],
    );
    const members = [
      { projection: ahead!, rows: createWorkingRows(ahead!), position: events[6]!.position },
      { projection: behind!, rows: createWorkingRows(behind!), position: null },
    ];
    await applyBatch(pool, members.slice(0, 1), events);
    expect(await count()).toBe(3);
    await pool.query('TRUNCATE read_model.counted');
    await applyBatch(pool, members, events);
    expect(await count()).toBe(10);
    await applyBatch(pool, members, events);
    expect(await count()).toBe(10);

    // Whoever holds another place than the checkpoint is not the one to write.
    const stale = { projection: behind!, rows: createWorkingRows(behind!), position: events[2]!.position };
    await expect(applyBatch(pool, [stale], events)).rejects.toThrow('not where this projector left it');
    expect(await count()).toBe(10);
    await pool.query("DELETE FROM projections.checkpoints WHERE name = 'counting more'");
  });

  it('makes the rows of a raised version anew, beside the others', async () => {
    const raised = projections.map((one) => (one.name === 'progress' ? { ...one, version: 2 } : one));
    await models.pool.query("UPDATE read_model.goals SET specific = 'stale'");
    await runUntil(raised, async () => {
      const status = await statusOf('progress');
      return status?.version === 2 && status.state === 'live';
    });
    expect(await contentOf(models.pool)).toEqual(reference);
    expect(await statusOf('progress')).toMatchObject({ lagEvents: 0, parked: 0, reader: { state: 'live' } });
    await emptyReadModels(models.pool);
    await models.project();
  });

  it('leaves the rows of a newer release alone', async () => {
    const newer = counting(() => 1, 2);
    await runUntil([newer], async () => (await count()) === everyEvent.length);
    await runUntil([counting(() => 9, 1), projections[0]!], async () => {
      return (await statusOf('overview'))?.reader.state === 'live';
    });
    const { rows } = await models.pool.query('SELECT DISTINCT size FROM read_model.counted');
    expect(rows).toEqual([{ size: 1 }]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no such thing');
      },
      'no such thing',
    ],
    ['makes a row that the table can’t hold', () => 2 ** 40, 'out of range'],
  ] as const)('stops a projection before an event on which it %s, and no other', async (_what, fail, said) => {
    const head = await models.store.head();
    const all: string[] = [];
    for await (const { eventId } of models.store.readAll()) all.push(eventId);
    const poison = all[700]!;
    const poisoned = counting((eventId) => (eventId === poison ? fail() : 1));
    await emptyReadModels(models.pool);
    await runUntil([...projections, poisoned], async () => {
      const overview = await statusOf('overview');
      return overview?.position === `${head!.commit}.${head!.prepare}` && (await isStopped(poisoned));
    });

    expect(await contentOf(models.pool)).toEqual(reference);
    expect(await count()).toBe(700);
    const status = await statusOf('counting', poisoned);
    expect(status).toMatchObject({ state: 'stopped', parked: 1, lagEvents: all.length - 700 });
    expect(status?.reader.lastError).toContain(poison);
    expect(status?.reader.lastError).toContain(said);

    // Not skipped: the next start tries it again, and a release that can take it goes on from there.
    await runUntil([...projections, poisoned], async () => isStopped(poisoned));
    expect(await count()).toBe(700);
    const mended = counting(() => 1);
    await runUntil([...projections, mended], async () => (await count()) === all.length);
    expect(await statusOf('counting', mended)).toMatchObject({ state: 'live', parked: 0, lagEvents: 0 });
    expect(await contentOf(models.pool)).toEqual(reference);
  });

  it('does not blame an event for what the database lacks', async () => {
    await models.pool.query('ALTER TABLE read_model.counted RENAME TO away');
    const fine = counting(() => 1);
    let reader;
    await runUntil([fine], async () => {
      reader = (await statusOf('counting', fine))?.reader;
      return reader?.state === 'reconnecting' && reader.attempts > 1;
    });
    expect(reader).toMatchObject({ lastError: expect.stringContaining('does not exist') as string });
    await models.pool.query('ALTER TABLE read_model.away RENAME TO counted');
    await runUntil([fine], async () => (await count()) === everyEvent.length);
    expect(await statusOf('counting', fine)).toMatchObject({ state: 'live', reader: { state: 'live', attempts: 0 } });
  });

  it('has one process at work, and another to take its place', async () => {
    const { pool, store } = models;
    await emptyReadModels(pool);
    const engines = [1, 2].map(() => {
      const stop = new AbortController();
      const engine = createProjectionEngine({
        pool,
        store,
        projections,
        timeZone: 'UTC',
        logger: quiet,
        batchSize: 20,
      });
      return { stop, running: engine.run(stop.signal) };
    });
    const holders = async () =>
      (await pool.query("SELECT count(*)::integer AS held FROM pg_locks WHERE locktype = 'advisory' AND granted"))
        .rows[0].held;
    while ((await statusOf('audit'))?.position == null) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await holders()).toBe(1);
    // Whichever is at work, its end leaves the other to it.
    engines[0]!.stop.abort();
    await engines[0]!.running;
    const readSide = createReadSide({ pool, store, clock, projections });
    expect(await readSide.waitUntil((await store.head())!, 20_000)).toBe(true);
    await readSide.close();
    engines[1]!.stop.abort();
    await engines[1]!.running;
    expect(await contentOf(pool)).toEqual(reference);
  });

  it('knows each table as its schema has it', async () => {
    const { rows } = await models.pool.query<{ name: string; columns: string[]; key: string[] }>(`
      SELECT c.oid::regclass::text AS name,
        (SELECT json_agg(quote_ident(a.attname) || ' ' || replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz') ORDER BY a.attnum)
         FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
      FROM pg_class c WHERE c.relnamespace = 'read_model'::regnamespace AND c.relkind = 'r' AND c.relname <> 'counted'`);
    const declared = projections.flatMap(({ tables }) =>
      tables.map((table) => ({
        name: table.name,
        columns: columnsOf(table).map(({ column, type }) => `${column.replace(/^"(?!order|to")(.*)"$/, '$1')} ${type}`),
      })),
    );
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(rows.map(({ name, columns }) => ({ name, columns })).sort(byName)).toEqual(declared.sort(byName));
    expect(columnName('dueOn')).toBe('"due_on"');
    expect(audit.key).toEqual(['revision']);
  });
});
