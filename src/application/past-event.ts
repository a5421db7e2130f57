import { dayOf } from '../engagement/calendar';
import type { EngagementEvent, PastEngagementEvent } from '../engagement/events';
import type { NewEvent } from '../event-store/event-store';

/** A stored event of an engagement stream as the domain takes it. `timeZone` decides which day it occurred on. */
export function toPastEngagementEvent(stored: NewEvent, timeZone: string): PastEngagementEvent {
  // The codec has checked type and version; the log holds only what a decision made.
  const event = { type: stored.type, data: stored.data } as EngagementEvent;
  const { occurredAt } = stored.metadata;
  return { ...event, eventId: stored.eventId, occurredAt, occurredOn: dayOf(occurredAt, timeZone) };
}
