import type { AuditEntry, Disclosure } from '../../application/queries/shapes';
import type { Disclosable, Id } from '../../engagement/values';
import type { Api } from '../api';
import { client, engagementId } from '../stories/career-season/people';
import { dim, print, printTable, printTitle } from './terminal';
import { dateInWords, shortDate } from './words';

const SHOWN = 6;

/** What sponsor and supervisor were shown, as the client may see it at any time. */
export async function printDisclosures(api: Api): Promise<void> {
  printTitle('Who saw what', 'GET …/disclosures', 'And under which consent of the client, or for which reason?');
  const disclosures = await api.list<Disclosure>(client, `/engagements/${engagementId}/disclosures`);
  if (disclosures.length === 0) {
    print('  Nothing in this database: disclosures are kept beside the log, where they were made.');
    return;
  }
  const consents = await consentsById(api);
  printTable(
    [{ title: 'when' }, { title: 'who' }, { title: 'what' }, { title: 'why' }],
    disclosures
      .slice(0, SHOWN)
      .map(({ at, to, what, reason, consentEventId }) => [
        dateInWords(at),
        to.role,
        what,
        dim(reason ?? consents.get(consentEventId ?? '') ?? ''),
      ]),
  );
}

/** What the client's signatures disclose, by the event of each. */
async function consentsById(api: Api): Promise<ReadonlyMap<Id, string>> {
  const signatures = await api.list<AuditEntry>(client, `/engagements/${engagementId}/audit?type=AgreementSigned`);
  return new Map(
    signatures.map(({ eventId, occurredAt, data }) => {
      const { discloses } = data as { discloses: readonly Disclosable[] | null };
      return [eventId, `consent of ${shortDate(occurredAt)} to ${(discloses ?? []).join(', ')}`];
    }),
  );
}
