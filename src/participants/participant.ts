import type { Id } from '../engagement/values';
import type { ParticipantEvent, ParticipantKind } from './events';

/** What identifies a person. */
export type Participant = {
  readonly participantId: Id;
  readonly kind: ParticipantKind;
  readonly name: string;
  readonly email: string | null;
};

/**
 * The state after one more event. Total: an update of who is not registered changes nothing. Null is the state before
 * the registration.
 */
export function evolve(state: Participant | null, event: ParticipantEvent): Participant | null {
  switch (event.type) {
    case 'ParticipantRegistered':
      return state ?? event.data;
    case 'ParticipantUpdated': {
      const { name, email } = event.data;
      return state && { ...state, name: name ?? state.name, email: email ?? state.email };
    }
    default:
      return event satisfies never;
  }
}
