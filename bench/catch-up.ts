import { once } from 'node:events';
import type { Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { applyReadModelSchema, projections } from '../projections';
import { createProjectionEngine } from '../projections/engine/engine';
import { createReadSide } from '../projections/engine/read-side';
import { createPostgresEventStore, migrateEventLog } from '../src/event-store/postgres/postgres-event-store';
import { createPool } from '../src/platform/database';
import { historyOf } from '../test/support/histories';
import { compare, type Bench, type Case } from './harness';

const STREAMS = 4000;
const EVENTS_EACH = 50;
const ROUNDS = 3;
const tables = projections.flatMap((projection) => projection.tables.map(({ name }) => name));

/**
 * 200,000 events of 4,000 streams from an empty checkpoint into all read models, the engine running as it does live,
 * against COPY of the finished rows into the same tables with their primary keys only.
 */
export async function catchUp(bench: Bench): Promise<Case[]> {
  const url = await bench.newDatabase();
  const pool = createPool(url, () => undefined);
  await migrateEventLog(pool);
  await applyReadModelSchema(pool);
  const store = createPostgresEventStore({ pool, connectionString: url });
  const count = await fill(store);
  await pool.query('VACUUM ANALYZE event_log.event');

  const project = async (): Promise<number> => {
    await pool.query(`TRUNCATE ${tables.join(', ')}, projections.checkpoints; CHECKPOINT`);
    const head = await store.head();
    const readSide = createReadSide({ pool, store, projections, clock: { now: () => new Date() } });
    const engine = createProjectionEngine({ pool, store, projections, timeZone: 'UTC', logger: silent });
    const stop = new AbortController();
    const start = performance.now();
    const running = engine.run(stop.signal);
    if (head) await readSide.waitUntil(head, 600_000);
    const took = performance.now() - start;
    stop.abort();
    await running;
    await readSide.close();
    return (count / took) * 1000;
  };
  await project();
  const rows = await finishedRows(pool);

  const measured = await compare(bench, {
    case: 'catch-up-all',
    goal: null,
    against: 'COPY of the finished rows into the same tables with their primary keys only',
    rounds: ROUNDS,
    counts: 'events/s',
    ours: project,
    floor: async () => {
      await pool.query(`TRUNCATE ${tables.map(plain).join(', ')}; CHECKPOINT`);
      const start = performance.now();
      for (const [table, chunks] of rows) await copyInto(pool, table, chunks);
      return (count / (performance.now() - start)) * 1000;
    },
  });
  await store.close();
  await pool.end();
  return [measured];
}

/** Appends a twentieth of each stream at a time, as they would come. Answers how many events there are. */
async function fill(store: ReturnType<typeof createPostgresEventStore>): Promise<number> {
  const histories = Array.from({ length: STREAMS }, (_, seed) => historyOf({ seed: seed + 1, length: EVENTS_EACH }));
  const step = EVENTS_EACH / 20;
  for (let at = 0; at < EVENTS_EACH; at += step) {
    const [from, until] = [Math.ceil(at), Math.ceil(at + step)];
    await store.appendMany(
      histories.map(({ stream, events }) => ({
        stream,
        expectedRevision: from === 0 ? 'no-stream' : BigInt(from - 1),
        events: events.slice(from, until),
      })),
    );
  }
  return STREAMS * EVENTS_EACH;
}

/** Every row as COPY gives it, in buffers; and tables beside ours that have nothing but the primary key. */
async function finishedRows(pool: Pool): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const rows = new Map<string, readonly Buffer[]>();
  for (const table of tables) {
    await pool.query(
      `CREATE TABLE ${plain(table)} (LIKE ${table} INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING STORAGE)`,
    );
    const { rows: keys } = await pool.query<{ definition: string }>(
      `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p'`,
      [table],
    );
    await pool.query(`ALTER TABLE ${plain(table)} ADD ${keys[0]!.definition}`);
    rows.set(table, await copyOut(pool, table));
  }
  return rows;
}

function plain(table: string): string {
  return table.replace('read_model.', 'public.plain_');
}

async function copyOut(pool: Pool, table: string): Promise<readonly Buffer[]> {
  const client = await pool.connect();
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(`COPY ${table} TO STDOUT`))) chunks.push(chunk as Buffer);
    const whole = Buffer.concat(chunks);
    const size = 256 * 1024;
    return Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
      whole.subarray(at * size, (at + 1) * size),
    );
  } finally {
    client.release();
  }
}

async function copyInto(pool: Pool, table: string, chunks: readonly Buffer[]): Promise<void> {
  const client = await pool.connect();
  try {
    const sink = client.query(copyFrom(`COPY ${plain(table)} FROM STDIN`));
    for (const chunk of chunks) if (!sink.write(chunk)) await once(sink, 'drain');
    sink.end();
    await once(sink, 'finish');
  } finally {
    client.release();
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
