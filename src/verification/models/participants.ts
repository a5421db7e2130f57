import { participants as participantsTable } from '../../../projections/participants/table';
import type { StoredEvent } from '../../event-store/event-store';
import type { ParticipantEvent } from '../../participants/events';
import { evolve, type Participant } from '../../participants/participant';
import type { VerifiedModel } from '../fold';
import type { RowBook } from '../row-book';

export const participants: VerifiedModel = {
  name: 'participants',
  scope: 'participantId',
  tables: [participantsTable],
};

/** Writes into the book the row that a person has after these events, which are a stream's first ones. */
export function foldParticipant(events: readonly StoredEvent[], book: RowBook): void {
  let person: Participant | null = null;
  for (const event of events) {
    // The log holds only what a decision made: type and data belong together.
    const now: Participant | null = evolve(person, { type: event.type, data: event.data } as ParticipantEvent);
    if (now && now !== person) book.put(participantsTable, event, now);
    person = now;
  }
}
