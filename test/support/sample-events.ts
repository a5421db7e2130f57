import { randomUUID } from 'node:crypto';
import type { NewEvent, StoredEvent } from '../../src/event-store/event-store';

/** A stream that no one has written to yet. */
export function newStream(): string {
  return `engagement-${randomUUID()}`;
}

/** An event of no particular meaning around the data that a test cares about. */
export function sampleEvent(data: object = {}, over: Partial<NewEvent> = {}): NewEvent {
  return {
    eventId: randomUUID(),
    type: 'NoteRecorded',
    schemaVersion: 1,
    data,
    metadata: {
      tenantId: 'firm-1',
      actor: { id: 'coach-1', role: 'coach' },
      onBehalfOf: 'client-1',
      occurredAt: '2026-01-05T09:30:00.000Z',
      recordedAt: '2026-01-05T10:00:00.000Z',
      correlationId: randomUUID(),
      causationId: null,
      commandId: randomUUID(),
    },
    ...over,
  };
}

/** So many events, told apart by their `n`. */
export function sampleEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => sampleEvent({ n }));
}

/** Everything a read gives. */
export async function collect<T>(read: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of read) all.push(one);
  return all;
}

export function idsOf(events: readonly Pick<StoredEvent, 'eventId'>[]): string[] {
  return events.map((event) => event.eventId);
}
