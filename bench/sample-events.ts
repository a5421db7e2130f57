import { randomUUID } from 'node:crypto';
import type { Append, NewEvent } from '../src/event-store/event-store';

/** An event of the size and shape that most have. */
export function sampleEvent(): NewEvent {
  return {
    eventId: randomUUID(),
    type: 'ProgressRecorded',
    schemaVersion: 1,
    data: {
      goalId: '6fa1c0de-3f4d-4c58-9a53-0d7f3f0e5b11',
      milestoneId: '0b7e9f0a-52d1-4b07-8f61-2b1f1a9c7d22',
      value: '12.5',
      unit: 'km',
      observedOn: '2026-03-14',
      note: 'Walked the dog three times this week; the long round on Sunday felt easy for the first time.',
    },
    metadata: {
      tenantId: 'firm-1',
      actor: { id: '4f7f5a1e-9a0d-4e0e-8b6c-1d2e3f405162', role: 'coach' },
      occurredAt: '2026-03-14T17:30:00.000Z',
      recordedAt: '2026-03-14T18:02:11.482Z',
      correlationId: randomUUID(),
      causationId: null,
      commandId: randomUUID(),
    },
  };
}

/** New streams, each with one append of so many events. */
export function sampleAppends(streams: number, eventsEach: number): Append[] {
  return Array.from({ length: streams }, () => ({
    stream: `engagement-${randomUUID()}`,
    expectedRevision: 'no-stream',
    events: Array.from({ length: eventsEach }, sampleEvent),
  }));
}
