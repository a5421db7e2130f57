import type { Projection } from '../engine/projection';
import { change, put } from '../engine/row-change';
import { participants } from './table';

/** Who people are: the only place outside the log with names. */
export const participantsProjection: Projection = {
  name: 'participants',
  version: 1,
  tables: [participants],
  on: {
    ParticipantRegistered: ({ data }) => [put(participants, data)],
    ParticipantUpdated: ({ data: { name, email } }) => [
      change(participants, {}, { set: { ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) } }),
    ],
  },
};
