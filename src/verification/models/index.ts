import type { StoredEvent } from '../../event-store/event-store';
import { foldEngagement, type EngagementModel, type VerifiedModel } from '../fold';
import { createRowBook, type RowBook } from '../row-book';
import type { Subject } from '../subject';
import { overview } from './overview';
import { foldParticipant, participants } from './participants';
import { progress } from './progress';
import { audit, notes, planRevisions } from './records';
import { barriers, checkIns, resources } from './things';

const ofEngagements: readonly EngagementModel[] = [
  overview,
  progress,
  planRevisions,
  audit,
  checkIns,
  barriers,
  resources,
  notes,
];

/** Every read model that is verified, in the order in which differences are looked for. */
export const verifiedModels: readonly VerifiedModel[] = [...ofEngagements, participants];

/**
 * The rows that the subject's events define in the tables of the models of these names: every column, with the events
 * that made and changed each row. Derived by `evolve` and `foldFacts`, or where a row is an event, from the event; no
 * code of a projection has a part in it.
 *
 * @param events the first ones of the subject's stream, in order: as far as the rows to compare with have come
 * @param timeZone the tenants'
 */
export async function expectedRows(
  subject: Subject,
  events: readonly StoredEvent[],
  names: ReadonlySet<string>,
  timeZone: string,
): Promise<Pick<RowBook, 'rowsOf'>> {
  const book = createRowBook(subject);
  if (subject.scope === 'participantId') foldParticipant(events, book);
  else {
    const wanted = ofEngagements.filter(({ name }) => names.has(name));
    await foldEngagement(events, wanted, timeZone, book);
  }
  return book;
}
