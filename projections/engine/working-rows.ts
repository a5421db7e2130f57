import type { PoolClient } from 'pg';
import { changesOf, type ProjectedEvent, type Projection } from './projection';
import { tablesToKnow, type RowChange } from './row-change';
import { createTableRows, type TableRows } from './table-rows';
import type { AnyTable } from './table';
import { loadRows, writeRows } from './write-rows';

/** Rows kept from one batch to the next, in each table: what is not read back is most of the speed. */
const MAX_ROWS_KEPT = 50_000;

/** The rows of one projection, between the events and the database. */
export type WorkingRows = {
  /**
   * Writes what the events mean for the rows, in a handful of statements; all of it, or nothing when it rejects, which
   * leaves the transaction as it was.
   *
   * @throws {EventFault} the projection's own function failed on an event
   */
  readonly project: (client: PoolClient, events: readonly ProjectedEvent[]) => Promise<void>;
  /** To be called when what was written may not stand: the next batch reads from the database again. */
  readonly forget: () => void;
};

/** An event that the projection's code can't take. */
export class EventFault extends Error {
  constructor(
    readonly event: ProjectedEvent,
    options: ErrorOptions,
  ) {
    super(options.cause instanceof Error ? options.cause.message : String(options.cause), options);
    this.name = 'EventFault';
  }
}

type Meaning = { readonly event: ProjectedEvent; readonly changes: readonly RowChange[] };

export function createWorkingRows(projection: Projection): WorkingRows {
  const tables = new Map<AnyTable, TableRows>(projection.tables.map((table) => [table, createTableRows(table)]));
  const rowsIn = (table: AnyTable): TableRows => {
    const rows = tables.get(table);
    if (!rows) throw new Error(`${projection.name} changes ${table.name}, which is not among its tables`);
    return rows;
  };

  const forget = (): void => {
    for (const rows of tables.values()) rows.forget();
  };

  return {
    project: async (client, events) => {
      const meanings = events.map((event) => meaningOf(projection, event)).filter(({ changes }) => changes.length > 0);
      if (meanings.length === 0) return;
      await client.query('SAVEPOINT projection');
      try {
        await learnNeeded(client, meanings, rowsIn);
        for (const meaning of meanings) applyMeaning(meaning, rowsIn);
        for (const [table, rows] of tables) {
          await writeRows(client, table, rows.unwritten());
          rows.written(MAX_ROWS_KEPT);
        }
        await client.query('RELEASE SAVEPOINT projection');
      } catch (error) {
        forget();
        // Where the connection is gone, the transaction is gone as a whole.
        await client.query('ROLLBACK TO SAVEPOINT projection').catch(() => undefined);
        throw error;
      }
    },
    forget,
  };
}

function meaningOf(projection: Projection, event: ProjectedEvent): Meaning {
  try {
    return { event, changes: changesOf(projection, event) };
  } catch (cause) {
    throw new EventFault(event, { cause });
  }
}

export function applyMeaning({ event, changes }: Meaning, rowsIn: (table: AnyTable) => TableRows): void {
  try {
    changes.forEach((change, index) => {
      const ordinal = event.revision * 1000 + index;
      rowsIn(change.table).apply(event, change, ordinal, (table) => rowsIn(table).of(event.stream));
    });
  } catch (cause) {
    throw new EventFault(event, { cause });
  }
}

/** Reads the rows of the streams that the events are about, where they are not in memory already. */
async function learnNeeded(
  client: PoolClient,
  meanings: readonly Meaning[],
  rowsIn: (table: AnyTable) => TableRows,
): Promise<void> {
  const needed = new Map<AnyTable, Map<string, ProjectedEvent>>();
  const begun = new Set<string>();
  for (const { event, changes } of meanings) {
    // What happened to a stream before its first event is nothing: there is no row to read.
    if (event.revision === 0) begun.add(event.stream);
    for (const table of new Set(changes.flatMap(tablesToKnow))) {
      if (rowsIn(table).isKnown(event.stream)) continue;
      if (begun.has(event.stream)) rowsIn(table).learn(event.stream, []);
      else needed.set(table, (needed.get(table) ?? new Map<string, ProjectedEvent>()).set(event.stream, event));
    }
  }
  for (const [table, streams] of needed) {
    const found = await loadRows(client, table, [...streams.values()]);
    for (const stream of streams.keys()) rowsIn(table).learn(stream, found.get(stream) ?? []);
  }
}
