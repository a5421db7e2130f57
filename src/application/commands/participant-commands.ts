import { join } from 'node:path';
import { isRefusal } from '../../engagement/decision';
import type { Id } from '../../engagement/values';
import {
  admitParticipant,
  decideParticipant,
  type ParticipantCommand,
  type ParticipantCommandKind,
  type ParticipantCommands,
} from '../../participants/commands';
import { participantCatalogue, type ParticipantEvent, type ParticipantEventType } from '../../participants/events';
import { evolve, type Participant } from '../../participants/participant';
import { participantStream } from '../streams';
import type { Decider } from './command-handling';
import { foldVersionOf } from './fold-version';
import { commandClasses, type Envelope } from './messages';
import type { Fold } from './stream-states';

/** The class of each command about a person, as the CommandBus takes it. */
export const participantCommands = commandClasses<ParticipantCommands>(['RegisterParticipant', 'UpdateParticipant']);

/** A command about a person, and whether its sender knows them at all. */
export type AskedParticipantCommand = { readonly command: ParticipantCommand; readonly acquainted: boolean };

/** The message as the command it carries; the id of a new person is the message's subject where none was chosen. */
export function participantCommandOf(kind: ParticipantCommandKind, envelope: Envelope<object>): ParticipantCommand {
  const data = { ...envelope.data, participantId: envelope.subjectId };
  // The class of the message pairs the kind with its data.
  return { type: kind, data } as ParticipantCommand;
}

export const participantFold: Fold<Participant> = {
  version: foldVersionOf({ folder: join(__dirname, '../../participants'), names: /^participant\.[jt]s$/ }),
  // The codec has checked type and version; the log holds only what a decision made.
  evolve: (state, { type, data }) => evolve(state, { type, data } as ParticipantEvent),
};

/** How the domain is asked about a command on a person. */
export const participantDecider: Decider<Participant, AskedParticipantCommand> = {
  streamOf: participantStream,
  references: (): readonly Id[] => [],
  schemaVersionOf: (type) => participantCatalogue[type as ParticipantEventType].schemaVersion,
  made: ({ command }) => ({ participantId: command.data.participantId }),
  decide: (state, { command, acquainted }, caller, _context, admitted) => {
    const role = admitParticipant(state, command, { ...caller, acquainted });
    if (typeof role !== 'string') return role;
    admitted();
    const outcome = decideParticipant(state, command);
    return isRefusal(outcome) ? outcome : { events: outcome, role };
  },
};
