import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { readCaseload } from '../../../projections/caseload/queries';
import { readNames } from '../../../projections/participants/queries';
import { caseloadRole } from '../../access/scope';
import { stateOf } from '../../engagement/engagement';
import { Refused } from '../refused';
import { type CurrentFacts, currentFacts } from './current-facts';
import type { PageOf } from './page';
import { GetCaseload } from './queries';
import { Reading, requireReason } from './reading';
import type { CaseloadItem } from './shapes';
import { toHealth } from './to-health';
import { lastCheckIn, type Names, nextCheckIn, type Present, toParty } from './to-overview';
import { withoutSentences } from './views';

@QueryHandler(GetCaseload)
export class GetCaseloadHandler implements IQueryHandler<GetCaseload, PageOf<CaseloadItem>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: GetCaseload): Promise<PageOf<CaseloadItem>> {
    const { db } = this.reading;
    const { caller, accessReason, page } = params;
    const { tenantId } = caller;
    const coachId = params.coachId ?? caller.id;
    const role = caseloadRole(caller, coachId);
    if (!role) throw new Refused('forbidden', 'A caseload is seen by its coach, by supervisors and by admins.');
    requireReason(role, accessReason);
    const present = this.reading.present();
    const terms = { ...present.settings, asOf: present.today };
    const { rows, next } = await readCaseload(db, { tenantId, coachId }, terms, page);
    const facts = await currentFacts(
      db,
      tenantId,
      rows.map(({ engagementId }) => engagementId),
    );
    const found = rows.map(async ({ engagementId, dueNext }) => {
      const current = facts.get(engagementId);
      // Another coach may have taken over since the rows were written.
      const isSeen = role !== 'coach' || (await this.reading.newest(tenantId, engagementId))?.coachId === coachId;
      return current && isSeen ? [{ engagementId, current, dueNext }] : [];
    });
    const cases = (await Promise.all(found)).flat();
    const clients = cases.map(({ current }) => current.facts.engagement.clientId);
    const names = await readNames(db, tenantId, clients);
    const viewer = { role, consentEventId: null };
    const parts = cases.map(({ engagementId }) => ({ engagementId, viewer }));
    await this.reading.showMany({ caller, accessReason, what: 'caseload', parts });
    const items = cases.map(({ current, dueNext }) => toItem(current, dueNext, names, present));
    return { items: role === 'admin' ? items.map(withoutTexts) : items, next };
  }
}

function toItem(
  { facts }: CurrentFacts,
  dueNext: CaseloadItem['dueNext'],
  names: Names,
  { now, today, settings }: Present,
): CaseloadItem {
  const { engagement } = facts;
  return {
    engagementId: engagement.engagementId,
    client: toParty(engagement.clientId, names),
    state: stateOf(engagement),
    health: toHealth(facts, today, settings),
    lastCheckIn: lastCheckIn(engagement),
    nextCheckIn: nextCheckIn(engagement, now),
    dueNext,
  };
}

/** An admin sees how much there is to do, not what. */
function withoutTexts(item: CaseloadItem): CaseloadItem {
  return {
    ...item,
    health: withoutSentences(item.health),
    dueNext: item.dueNext && { ...item.dueNext, title: null },
  };
}
