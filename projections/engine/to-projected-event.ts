import { dayOf } from '../../src/engagement/calendar';
import type { StoredEvent } from '../../src/event-store/event-store';
import type { ProjectedEvent } from './projection';

/** The event of the log as projections see it. `timeZone` is the tenant's. */
export function toProjectedEvent(stored: StoredEvent, timeZone: string): ProjectedEvent {
  const { metadata, stream } = stored;
  return {
    type: stored.type,
    data: stored.data,
    eventId: stored.eventId,
    schemaVersion: stored.schemaVersion,
    stream,
    tenantId: metadata.tenantId,
    subjectId: stream.slice(stream.indexOf('_') + 1),
    revision: Number(stored.revision),
    position: stored.position,
    occurredAt: metadata.occurredAt,
    occurredOn: dayOf(metadata.occurredAt, timeZone),
    recordedAt: metadata.recordedAt,
    actor: metadata.actor,
    onBehalfOf: metadata.onBehalfOf ?? null,
    correlationId: metadata.correlationId,
    causationId: metadata.causationId,
    commandId: metadata.commandId,
    // The log is read back by the catalogue it was written by: type and data belong together.
  } as ProjectedEvent;
}
