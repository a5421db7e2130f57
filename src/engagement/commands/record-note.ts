import type { CommandRule } from '../decision';
import type { Id, NoteVisibility } from '../values';
import { unknownSubject } from './checks/references';

/** The coach's note of a session, kept private or shared with the client. */
export type RecordNote = {
  readonly noteId: Id;
  readonly visibility: NoteVisibility;
  readonly text: string;
  readonly about: Id | null;
};

export const recordNote: CommandRule<RecordNote> = {
  by: ['coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  makes: 'noteId',
  decide: (state, data, { digest }) =>
    (data.about === null ? undefined : unknownSubject(state, data.about, 'about')) ?? [
      { type: 'NoteRecorded', data: { ...data, digest: digest(data.text) } },
    ],
};
