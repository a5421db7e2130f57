import type { EventType, ProjectedEvent, Projection } from '../../projections/engine/projection';
import { stampColumns, type AnyTable, type Table } from '../../projections/engine/table';
import type { NewEvent } from '../../src/event-store/event-store';
import { historyOf } from './histories';
import { namedId } from './named-id';
import { openProjectionRuns, rowsInMemory, type ProjectionRuns } from './projection-runs';
import { createRandom } from './random';

type GivenEvent = {
  [T in EventType]: {
    readonly type: T;
    readonly data: ProjectedEvent<T>['data'];
    /** The day on which it occurred; by default the first of April. */
    readonly on?: string;
  };
}[EventType];

/** The events of one engagement, or of one person, in order. Ids may be any text: `g1`. */
export type GivenEvents = readonly GivenEvent[];

export type ProjectionSpec = {
  /** Given these events, the table's rows without what the engine adds, in the order in which they were first made. */
  readonly rowsAfter: <R extends object>(table: Table<R>, events: GivenEvents) => readonly R[];
};

/** The id of the given event with this place, counted from 0. */
export const eventIdAt = (index: number): string => `eeeeeeee-0000-4000-8000-${String(index).padStart(12, '0')}`;

/**
 * The spec of a projection: `define` says which rows which events make, with `rowsAfter`, in memory and at once. What must
 * hold of every projection is then checked of all the events that it gave, each list a stream of its own among others, by
 * the engine in a database: nothing comes of delivering them twice, the rows are the same in batches of any size, and the
 * same when they are made anew.
 */
export function describeProjection(projection: Projection, define: (spec: ProjectionSpec) => void): void {
  const given: GivenEvents[] = [];

  describe(projection.name, () => {
    define({
      rowsAfter: (table, events) => {
        given.push(events);
        return ownFields(table, rowsInMemory(projection, events.map(projected))(table));
      },
    });

    describe('however its events come', () => {
      let opened: ProjectionRuns | undefined;
      beforeAll(async () => {
        if (given.length === 0)
          throw new Error(`The spec of ${projection.name} gives no events: rowsAfter(table, events)`);
        opened = await openProjectionRuns(projection, [
          ...given.map((events, number) => toStream(projection, events, number)),
          ...otherStreams(),
        ]);
      });
      afterAll(() => opened?.close());
      const runs = (): ProjectionRuns => opened!;

      it('writes the rows that it makes in memory, live and among other streams', async () => {
        const rows = await runs().live();
        expect(rows).toEqual(runs().expected());
        for (const [table, made] of Object.entries(rows))
          expect({ table, isEmpty: made.length === 0 }).toEqual({ table, isEmpty: false });
      });

      it('changes nothing by events that come twice', async () => {
        expect(await runs().redelivered()).toEqual(runs().expected());
        expect(await runs().again()).toEqual(runs().expected());
      });

      it('makes the same rows of them one by one', async () => {
        expect(await runs().split(() => 1)).toEqual(runs().expected());
      });

      it.each([1, 2, 3])('makes the same rows of them in batches of any size (seed %d)', async (seed) => {
        const random = createRandom(seed);
        expect(await runs().split(() => 1 + random.below(12))).toEqual(runs().expected());
      });

      it('makes the same rows anew for a raised version', async () => {
        expect(await runs().rebuilt()).toEqual(runs().expected());
      });
    });
  });
}

/** An event of the engagement `e` (or the person) as projections see it, at its place in the stream. */
function projected({ on = '2026-04-01', ...given }: GivenEvent, index: number): ProjectedEvent {
  const of = given.type.startsWith('Participant') ? 'participant' : 'engagement';
  return {
    ...given,
    eventId: eventIdAt(index),
    schemaVersion: 1,
    stream: `${of}-firm_e`,
    tenantId: 'firm',
    subjectId: 'e',
    revision: index,
    position: { commit: 1n, prepare: BigInt(index + 1) },
    occurredAt: `${on}T10:00:00.000Z`,
    occurredOn: on,
    recordedAt: `${on}T11:00:00.000Z`,
    actor: { id: 'coach-1', role: 'coach' },
    onBehalfOf: null,
    correlationId: 'correlation-1',
    causationId: null,
    commandId: 'command-1',
  };
}

function ownFields<R extends object>(
  table: Table<R>,
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly R[] {
  const added = new Set(['tenantId', table.scope, ...Object.keys(stampColumns)]);
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([field]) => !added.has(field))) as R);
}

/**
 * The events as the stream with this number of a log. A database holds UUIDs and no event id twice, so every id is
 * replaced by a UUID of the stream's own: those of the events, and whatever a row holds in a column for UUIDs.
 */
function toStream(projection: Projection, events: GivenEvents, number: number) {
  const all = events.map(projected);
  const ids = new Set(all.map(({ eventId }) => eventId));
  // After each event: what a row held may be gone at the end.
  for (const index of all.keys()) {
    const rowsOf = rowsInMemory(projection, all.slice(0, index + 1));
    for (const id of projection.tables.flatMap((table) => idsIn(table, rowsOf(table)))) ids.add(id);
  }
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return ids.has(value) ? namedId(`${String(number)} ${value}`) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(renamed);
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, renamed(inside)]));
  };
  const [first] = all;
  const kind = first?.stream.startsWith('participant-') ? 'participant' : 'engagement';
  return {
    stream: `${kind}-firm_${namedId(`stream ${String(number)}`)}`,
    events: all.map(
      ({
        type,
        data,
        eventId,
        schemaVersion,
        tenantId,
        actor,
        occurredAt,
        recordedAt,
        correlationId,
        causationId,
        commandId,
      }): NewEvent => ({
        type,
        data: renamed(data) as object,
        eventId: renamed(eventId) as string,
        schemaVersion,
        metadata: { tenantId, actor, occurredAt, recordedAt, correlationId, causationId, commandId },
      }),
    ),
  };
}

function idsIn(table: AnyTable, rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const fields = Object.keys(table.columns).filter((field) => table.columns[field] === 'uuid');
  return rows.flatMap((row) => fields.map((field) => row[field]).filter((value) => typeof value === 'string'));
}

/** Engagements in which everything happens that can. */
function otherStreams() {
  return Array.from({ length: 6 }, (_, seed) => historyOf({ seed: seed + 5000, length: 45 }));
}
