import type { EngagementEventData } from '../../src/engagement/events';
import type { Id, Instant, IsoDate, Role } from '../../src/engagement/values';
import type { Position } from '../../src/event-store/event-store';
import type { ParticipantEventData } from '../../src/participants/events';
import type { RowChange } from './row-change';
import type { AnyTable } from './table';

type EventData = EngagementEventData & ParticipantEventData;

export type EventType = keyof EventData;

/** What every event carries beside its type and data. */
type Standing = {
  readonly eventId: Id;
  readonly schemaVersion: number;
  readonly stream: string;
  readonly tenantId: string;
  /** The engagement or the person whose stream it is. */
  readonly subjectId: Id;
  readonly revision: number;
  readonly position: Position;
  readonly occurredAt: Instant;
  /** The day of `occurredAt` in the tenant's time zone. */
  readonly occurredOn: IsoDate;
  readonly recordedAt: Instant;
  readonly actor: { readonly id: Id; readonly role: Role };
  readonly onBehalfOf: Id | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly commandId: string;
};

export type ProjectedEvent<T extends EventType = EventType> = {
  [K in T]: { readonly type: K; readonly data: EventData[K] } & Standing;
}[T];

type Handlers = { readonly [T in EventType]?: (event: ProjectedEvent<T>) => readonly RowChange[] };

/**
 * A read model as data. Its functions are pure: they see an event and nothing else, neither rows nor the clock, so that
 * live, catching up, rebuilding and testing are the same code.
 */
export type Projection = {
  /** Also the name of its checkpoint. */
  readonly name: string;
  /** A higher one than its rows were made with has them made anew. */
  readonly version: number;
  readonly tables: readonly AnyTable[];
  readonly on: Handlers;
  /** For events of every type of an engagement, beside `on`. */
  readonly onEngagementEvent?: (event: ProjectedEvent<keyof EngagementEventData>) => readonly RowChange[];
};

/** What the event means for the projection's rows, to be done in this order. */
export function changesOf(projection: Projection, event: ProjectedEvent): readonly RowChange[] {
  const handler = projection.on[event.type] as ((event: ProjectedEvent) => readonly RowChange[]) | undefined;
  const changes = handler?.(event) ?? [];
  if (!projection.onEngagementEvent || !isOfEngagement(event)) return changes;
  return [...changes, ...projection.onEngagementEvent(event)];
}

function isOfEngagement(event: ProjectedEvent): event is ProjectedEvent<keyof EngagementEventData> {
  return event.stream.startsWith('engagement-');
}
