import { RegisterParticipantBody, UpdateParticipantBody } from '../bodies/journal';
import { command, type CommandRoute } from '../route';

export const participantRoutes: readonly CommandRoute[] = [
  command('RegisterParticipant', '/v1/participants', RegisterParticipantBody, { summary: 'Register a person' }),
  command('UpdateParticipant', '/v1/participants/:participantId/update', UpdateParticipantBody, {
    summary: "Change a person's name or email",
  }),
];
