import type { Disclosure } from '../../application/queries/shapes';
import type { Api } from '../api';
import { client, engagementId } from '../stories/career-season/people';
import { dim, printTable, printTitle } from './terminal';
import { dateInWords } from './words';

const SHOWN = 6;

/** What sponsor and supervisor were shown, as the client may see it at any time. */
export async function printDisclosures(api: Api): Promise<void> {
  printTitle('Who saw what', 'and under which consent, or for which reason?');
  const disclosures = await api.list<Disclosure>(client, `/engagements/${engagementId}/disclosures`);
  printTable(
    [{ title: 'when' }, { title: 'who' }, { title: 'what' }, { title: 'why' }],
    disclosures
      .slice(0, SHOWN)
      .map(({ at, to, what, reason, consentEventId }) => [
        dateInWords(at),
        to.role,
        what,
        dim(reason ?? (consentEventId === null ? '' : `consent ${consentEventId.slice(0, 8)}`)),
      ]),
  );
}
