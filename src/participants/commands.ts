import { refuse, type Refusal } from '../engagement/refusal';
import type { Id, Role } from '../engagement/values';
import type { ParticipantEvent, ParticipantEventData } from './events';
import type { Participant } from './participant';

/** The data of every command about a person, by its kind. */
export type ParticipantCommands = {
  RegisterParticipant: ParticipantEventData['ParticipantRegistered'];
  /** What is null stays as it is. */
  UpdateParticipant: ParticipantEventData['ParticipantUpdated'] & { readonly participantId: Id };
};

export type ParticipantCommandKind = keyof ParticipantCommands;

export type ParticipantCommand = {
  [K in ParticipantCommandKind]: { readonly type: K; readonly data: ParticipantCommands[K] };
}[ParticipantCommandKind];

/** Who sends a command about a person. */
export type ParticipantSender = {
  readonly id: Id;
  readonly roles: readonly Role[];
  /** Whether the sender may know the person at all: they share an engagement. */
  readonly acquainted: boolean;
};

const parties: readonly Role[] = ['client', 'coach', 'sponsor'];

/**
 * The role that permits the command, a party's before staff's, or the refusal: the person is not found (also by a
 * stranger), or the command is not the sender's to send. Asked before `decideParticipant`.
 */
export function admitParticipant(
  state: Participant | null,
  command: ParticipantCommand,
  sender: ParticipantSender,
): Role | Refusal {
  const { roles } = sender;
  if (command.type === 'RegisterParticipant') {
    const role = (['coach', 'admin'] as const).find((one) => roles.includes(one));
    return role ?? refuse('forbidden', 'Only a coach or an admin registers people: ask one of them.');
  }
  const isOneself = command.data.participantId === sender.id;
  const own = isOneself ? (roles.find((role) => parties.includes(role)) ?? roles[0]) : undefined;
  const role = own ?? roles.find((one) => one === 'admin');
  if (state && role !== undefined) return role;
  if (state && sender.acquainted) {
    return refuse('forbidden', 'Only they themselves or an admin update a person: ask one of them.');
  }
  return refuse('not-found', 'There is no such participant: check the id in the path.');
}

/** The event of a command that was admitted, or why the state refuses it. */
export function decideParticipant(
  state: Participant | null,
  command: ParticipantCommand,
): readonly ParticipantEvent[] | Refusal {
  if (command.type === 'UpdateParticipant') {
    const { name, email } = command.data;
    return [{ type: 'ParticipantUpdated', data: { name, email } }];
  }
  if (!state) return [{ type: 'ParticipantRegistered', data: command.data }];
  return refuse('already-exists', `${command.data.participantId} is registered: update it, or choose another id.`, {
    path: 'participantId',
  });
}
