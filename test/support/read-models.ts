import { Pool } from 'pg';
import { applyReadModelSchema, projections as allProjections } from '../../projections';
import { createProjectionEngine } from '../../projections/engine/engine';
import type { Projection } from '../../projections/engine/projection';
import { createReadSide } from '../../projections/engine/read-side';
import type { BulkEventStore, NewEvent } from '../../src/event-store/event-store';
import { createPostgresEventStore, migrateEventLog } from '../../src/event-store/postgres/postgres-event-store';
import { createPool } from '../../src/platform/database';
import { createTestDatabase } from './database';

export const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type ReadModels = {
  readonly pool: Pool;
  readonly url: string;
  readonly store: BulkEventStore;
  /** Appends in turns, an event of each history at a time, as they would come. */
  readonly play: (
    histories: readonly { readonly stream: string; readonly events: readonly NewEvent[] }[],
  ) => Promise<void>;
  /** Runs the engine until every read model has the whole log. */
  readonly project: (options?: {
    projections?: readonly Projection[];
    batchSize?: number;
    timeZone?: string;
  }) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The log and the read models in a database of their own. */
export async function openReadModels(): Promise<ReadModels> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, () => undefined);
  await migrateEventLog(pool);
  await applyReadModelSchema(pool);
  const store = createPostgresEventStore({ pool, connectionString: database.url });

  const project: ReadModels['project'] = async ({ projections = allProjections, ...options } = {}) => {
    const head = await store.head();
    if (head === null) return;
    const stop = new AbortController();
    const engine = createProjectionEngine({ pool, store, projections, timeZone: 'UTC', logger: quiet, ...options });
    const readSide = createReadSide({ pool, store, projections, clock: { now: () => new Date() } });
    const running = engine.run(stop.signal);
    const done = await readSide.waitUntil(head, 60_000);
    stop.abort();
    await running;
    await readSide.close();
    if (!done) throw new Error('The read models did not reach the head of the log');
  };

  return {
    pool,
    url: database.url,
    store,
    play: async (histories) => {
      const longest = Math.max(...histories.map(({ events }) => events.length));
      for (let at = 0; at < longest; at += 1) {
        const appends = histories.flatMap(({ stream, events }) => {
          const event = events[at];
          const expectedRevision = at === 0 ? ('no-stream' as const) : BigInt(at - 1);
          return event ? [{ stream, expectedRevision, events: [event] }] : [];
        });
        await store.appendMany(appends);
      }
    },
    project,
    close: async () => {
      await store.close();
      await pool.end();
      await database.drop();
    },
  };
}

const tables = allProjections.flatMap((projection) => projection.tables.map(({ name }) => name));

/** What is in every table of the read models, as text that is the same for the same rows. */
export async function contentOf(pool: Pool): Promise<Readonly<Record<string, string>>> {
  const contents = tables.map(async (name) => {
    const { rows } = await pool.query<{ content: string }>(
      `SELECT count(*) || ' ' || md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS content FROM ${name} t`,
    );
    return [name, rows[0]?.content ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

/** Back to before anything was projected. */
export async function emptyReadModels(pool: Pool): Promise<void> {
  await pool.query(`TRUNCATE ${tables.join(', ')}, projections.checkpoints`);
}
