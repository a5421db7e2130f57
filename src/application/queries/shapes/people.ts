import type { Id, Role } from '../../../engagement/values';

export type Party = { readonly participantId: Id; readonly name: string | null };

export type ParticipantShape = {
  readonly participantId: Id;
  readonly kind: 'client' | 'coach' | 'sponsor' | 'staff';
  readonly name: string | null;
  readonly email: string | null;
};

export type Actor = { readonly id: Id; readonly role: Role };
