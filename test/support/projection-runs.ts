import { createProjectionEngine } from '../../projections/engine/engine';
import { changesOf, type ProjectedEvent, type Projection } from '../../projections/engine/projection';
import { createReadSide } from '../../projections/engine/read-side';
import { createTableRows, type TableRows } from '../../projections/engine/table-rows';
import { selectList, type AnyTable } from '../../projections/engine/table';
import { toProjectedEvent } from '../../projections/engine/to-projected-event';
import { applyMeaning } from '../../projections/engine/working-rows';
import { isOpaque, type EventStore, type LogBatch, type NewEvent } from '../../src/event-store/event-store';
import { emptyReadModels, openReadModels, quiet } from './read-models';

type Row = Readonly<Record<string, unknown>>;
/** Every row of each of a projection's tables, with what the engine adds, in a fixed order. */
type Rows = Readonly<Record<string, readonly Row[]>>;

/** What the events make of a projection's tables by its functions alone, in the order in which rows were first made. */
export function rowsInMemory(
  projection: Projection,
  events: readonly ProjectedEvent[],
): (table: AnyTable) => readonly Row[] {
  const tables = new Map<AnyTable, TableRows>(projection.tables.map((table) => [table, createTableRows(table)]));
  const rowsOf = (table: AnyTable): TableRows => {
    const rows = tables.get(table);
    if (!rows) throw new Error(`${table.name} is not a table of ${projection.name}`);
    return rows;
  };
  for (const event of events) applyMeaning({ event, changes: changesOf(projection, event) }, rowsOf);
  const streams = new Set(events.map(({ stream }) => stream));
  return (table) => [...streams].flatMap((stream) => [...rowsOf(table).of(stream)]);
}

/** One log, from which the engine makes the rows of a projection in several ways. Each way begins with empty tables. */
export type ProjectionRuns = {
  /** What the rows must be, once there is a log. */
  readonly expected: () => Rows;
  /** The engine runs while the events are appended; to be called first, since that makes the log. */
  readonly live: () => Promise<Rows>;
  /** Every batch, of few events, comes with the one before it once more, then a second time by itself. */
  readonly redelivered: () => Promise<Rows>;
  /** The engine starts once more on what it has done. */
  readonly again: () => Promise<Rows>;
  /** In batches of at most so many events, as each call says. */
  readonly split: (nextSize: () => number) => Promise<Rows>;
  /** The rows are lost, and the projection's version is raised. */
  readonly rebuilt: () => Promise<Rows>;
  readonly close: () => Promise<void>;
};

type Streams = readonly { readonly stream: string; readonly events: readonly NewEvent[] }[];

export async function openProjectionRuns(projection: Projection, streams: Streams): Promise<ProjectionRuns> {
  const models = await openReadModels();
  const { pool } = models;
  const tables = projection.tables.map(({ name }) => name);
  const { rows: missing } = await pool.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS wanted (name) WHERE to_regclass(name) IS NULL',
    [tables],
  );
  if (missing[0]) {
    await models.close();
    throw new Error(`${missing[0].name} is not in the database: is its folder in projections/index.ts?`);
  }
  let expected: Rows | undefined;

  const rows = async (): Promise<Rows> => {
    const read = projection.tables.map(async (table) => {
      const { rows: found } = await pool.query<Row>(`SELECT ${selectList(table, 't')} FROM ${table.name} t`);
      return [table.name, inOrder(found)] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  };

  /** Runs the engine on the log, until the projection of this version has all of it. */
  const run = async ({
    store = models.store,
    version = projection.version,
    meanwhile,
  }: {
    readonly store?: EventStore;
    readonly version?: number;
    readonly meanwhile?: () => Promise<void>;
  }): Promise<Rows> => {
    const projections = [{ ...projection, version }];
    const stop = new AbortController();
    const running = createProjectionEngine({ pool, store, projections, timeZone: 'UTC', logger: quiet }).run(
      stop.signal,
    );
    const readSide = createReadSide({ pool, store, projections, clock: { now: () => new Date() } });
    try {
      await meanwhile?.();
      for (;;) {
        const [status] = await readSide.status();
        if (status && (status.parked > 0 || status.reader.attempts > 5)) {
          throw new Error(`${projection.name} can't go on: ${String(status.reader.lastError)}`);
        }
        if (status?.version === version && status.state === 'live' && status.lagEvents === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    } finally {
      stop.abort();
      await running;
      await readSide.close();
    }
    return rows();
  };
  const anew = async (store?: EventStore): Promise<Rows> => {
    await emptyReadModels(pool);
    return run(store ? { store } : {});
  };

  return {
    expected: () => {
      if (!expected) throw new Error('There is no log yet: the live run failed or was left out');
      return expected;
    },
    live: async () => {
      const live = await run({ meanwhile: () => models.play(streams) });
      const events: ProjectedEvent[] = [];
      for await (const event of models.store.readAll())
        if (!isOpaque(event)) events.push(toProjectedEvent(event, 'UTC'));
      const rowsOf = rowsInMemory(projection, events);
      expected = Object.fromEntries(projection.tables.map((table) => [table.name, inOrder(rowsOf(table))]));
      return live;
    },
    redelivered: async () => {
      let twice = 0;
      const redelivering = subscribingTo(models.store, async function* (batches) {
        let before: LogBatch['events'] = [];
        for await (const batch of batches) {
          for (const part of partsOf(batch, () => 10)) {
            yield { ...part, events: [...before, ...part.events] };
            yield part;
            // Whoever asks for more has taken it.
            twice += part.events.length;
            before = part.events;
          }
        }
      });
      const result = await anew(redelivering);
      if (twice === 0)
        throw new Error('The engine did not subscribe to the log, or took one batch: nothing came twice');
      return result;
    },
    again: () => run({}),
    split: async (nextSize) => {
      const splitting = subscribingTo(models.store, async function* (batches) {
        for await (const batch of batches) yield* partsOf(batch, nextSize);
      });
      return anew(splitting);
    },
    rebuilt: async () => {
      await anew();
      for (const name of tables) await pool.query(`DELETE FROM ${name}`);
      return run({ version: projection.version + 1 });
    },
    close: models.close,
  };
}

/** Rows by where in the log they were last changed, then in their stream first made. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  const key = (row: Row): string =>
    `${String(row.preparePosition).padStart(20, '0')} ${String(row.ordinal).padStart(20, '0')}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The same log, whose batches come as `change` gives them on. */
function subscribingTo(
  store: EventStore,
  change: (batches: AsyncIterable<LogBatch>) => AsyncIterable<LogBatch>,
): EventStore {
  return { ...store, subscribe: (options) => change(store.subscribe(options)) };
}

function* partsOf({ events, upTo }: LogBatch, nextSize: () => number): Generator<LogBatch> {
  if (events.length === 0) yield { events, upTo };
  for (let start = 0; start < events.length;) {
    const part = events.slice(start, start + nextSize());
    start += part.length;
    yield { events: part, upTo: start < events.length ? part.at(-1)!.position : upTo };
  }
}
