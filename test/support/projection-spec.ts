import { changesOf, type EventType, type ProjectedEvent, type Projection } from '../../projections/engine/projection';
import { createTableRows, type TableRows } from '../../projections/engine/table-rows';
import { stampColumns, type AnyTable, type Table } from '../../projections/engine/table';
import { applyMeaning } from '../../projections/engine/working-rows';

type Given = {
  [T in EventType]: {
    readonly type: T;
    readonly data: ProjectedEvent<T>['data'];
    /** The day on which it occurred; by default the first of April. */
    readonly on?: string;
  };
}[EventType];

/** The id of the given event with this place, counted from 0. */
export const eventIdAt = (index: number): string => `eeeeeeee-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** An event of the engagement `e` (or the person) as projections see it, at its place in the stream. */
function projected({ on = '2026-04-01', ...given }: Given, index: number): ProjectedEvent {
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

/** Given these events, the table's rows without what the engine adds, in the order in which they were first made. */
export function rowsAfter<R extends object>(
  projection: Projection,
  table: Table<R>,
  events: readonly Given[],
): readonly R[] {
  const tables = new Map<AnyTable, TableRows>(projection.tables.map((one) => [one, createTableRows(one)]));
  events.map(projected).forEach((event) => {
    applyMeaning({ event, changes: changesOf(projection, event) }, (one) => tables.get(one)!);
  });
  const added = new Set(['tenantId', 'engagementId', 'participantId', ...Object.keys(stampColumns)]);
  return [...tables.get(table)!.of(projected({ ...events[0]! }, 0).stream)].map(
    (row) => Object.fromEntries(Object.entries(row).filter(([field]) => !added.has(field))) as R,
  );
}
