import type { NewEvent } from '../../src/event-store/event-store';
import type { ParticipantEvent } from '../../src/participants/events';
import { createRandom } from './random';

/** The stream of a person who is registered and then updated some times; the same for the same seed. */
export function personHistory(
  seed: number,
  tenantId: string,
): { readonly stream: string; readonly events: NewEvent[] } {
  const random = createRandom(seed);
  const participantId = random.uuid();
  const made: readonly ParticipantEvent[] = [
    {
      type: 'ParticipantRegistered',
      data: { participantId, kind: 'client', name: random.word(), email: random.chance(0.5) ? 'a@example.org' : null },
    },
    ...Array.from({ length: random.below(4) }, (): ParticipantEvent => {
      const name = random.chance(0.5) ? random.word() : null;
      return { type: 'ParticipantUpdated', data: { name, email: random.chance(0.5) ? 'b@example.org' : null } };
    }),
  ];
  const events = made.map((event, index): NewEvent => {
    const at = `2026-02-0${index + 1}T10:00:00.000Z`;
    return {
      ...event,
      eventId: random.uuid(),
      schemaVersion: 1,
      metadata: {
        tenantId,
        actor: { id: random.uuid(), role: 'admin' },
        occurredAt: at,
        recordedAt: at,
        correlationId: random.uuid(),
        causationId: null,
        commandId: random.uuid(),
      },
    };
  });
  return { stream: `participant-${tenantId}_${participantId}`, events };
}
