import { eventIdOf } from '../../application/commands/command-handling';
import { participantStream } from '../../application/streams';
import { isRefusal } from '../../engagement/decision';
import type { Id, Instant } from '../../engagement/values';
import type { NewEvent } from '../../event-store/event-store';
import { decideParticipant } from '../../participants/commands';
import { participantCatalogue } from '../../participants/events';
import { uuidV5 } from '../../platform/ids';
import type { Person } from './people';

/** The stream of a person whom a coach of the firm registers. */
export function register(
  tenantId: string,
  coachId: Id,
  person: Person,
  at: Instant,
): { readonly stream: string; readonly events: readonly NewEvent[] } {
  const { id: participantId, kind, name, email } = person;
  const decided = decideParticipant(null, {
    type: 'RegisterParticipant',
    data: { participantId, kind, name, email },
  });
  const commandId = uuidV5(participantId, 'registration');
  const events = isRefusal(decided) ? [] : decided;
  return {
    stream: participantStream(tenantId, participantId),
    events: events.map(({ type, data }, index) => ({
      eventId: eventIdOf(commandId, index),
      type,
      schemaVersion: participantCatalogue[type].schemaVersion,
      data,
      metadata: {
        tenantId,
        actor: { id: coachId, role: 'coach' },
        occurredAt: at,
        recordedAt: at,
        correlationId: commandId,
        causationId: null,
        commandId,
      },
    })),
  };
}
