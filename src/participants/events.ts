import type { EventTypeInfo } from '../engagement/catalogue';
import type { Id } from '../engagement/values';

export type ParticipantKind = 'client' | 'coach' | 'sponsor' | 'staff';

/** What can happen to the record of a person, by name. */
export type ParticipantEventData = {
  ParticipantRegistered: {
    readonly participantId: Id;
    readonly kind: ParticipantKind;
    readonly name: string;
    readonly email: string | null;
  };
  /** Null: unchanged. */
  ParticipantUpdated: { readonly name: string | null; readonly email: string | null };
};

export type ParticipantEventType = keyof ParticipantEventData;

/** An event as a decision makes it. */
export type ParticipantEvent = {
  [T in ParticipantEventType]: { readonly type: T; readonly data: ParticipantEventData[T] };
}[ParticipantEventType];

/** What is said beside each event type; see the engagement's catalogue. */
export const participantCatalogue: Readonly<Record<ParticipantEventType, EventTypeInfo>> = {
  ParticipantRegistered: { schemaVersion: 1, personal: ['name', 'email'], plan: [] },
  ParticipantUpdated: { schemaVersion: 1, personal: ['name', 'email'], plan: [] },
};
