import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { readEngagementIds } from '../../../projections/overview/queries';
import { readNames } from '../../../projections/participants/queries';
import { scopeOf } from '../../access/scope';
import { isNotShown, partiesOf, type Viewer, viewerFor } from '../../access/viewer';
import type { Engagement } from '../../engagement/engagement';
import type { Id } from '../../engagement/values';
import { type CurrentFacts, currentFacts } from './current-facts';
import type { PageOf } from './page';
import { GetEngagement, ListEngagements } from './queries';
import { engagementNotFound, Reading, requireReason } from './reading';
import type { Overview } from './shapes';
import { toOverview } from './to-overview';
import { seenOverview } from './views';

@QueryHandler(GetEngagement)
export class GetEngagementHandler implements IQueryHandler<GetEngagement, Overview> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: GetEngagement): Promise<Overview> {
    const { db } = this.reading;
    const { caller, engagementId } = params;
    const viewer = await this.reading.admit('overview', params);
    const current = await currentFactsOf(db, caller.tenantId, engagementId);
    const names = await readNames(db, caller.tenantId, peopleIn(current.facts.engagement));
    await this.reading.show(viewer, params, 'overview');
    return seenOverview(toOverview(current, names, this.reading.present()), viewer);
  }
}

@QueryHandler(ListEngagements)
export class ListEngagementsHandler implements IQueryHandler<ListEngagements, PageOf<Overview>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListEngagements): Promise<PageOf<Overview>> {
    const { db } = this.reading;
    const { caller, accessReason, coachId, clientId, state, health, page } = params;
    const { tenantId } = caller;
    const { asStaff, asClient, asCoach, asSponsor } = scopeOf(caller);
    if (asStaff) requireReason(asStaff, accessReason);
    const present = this.reading.present();
    const filter = {
      tenantId,
      reader: asStaff ? null : { clientId: asClient, coachId: asCoach, sponsorId: asSponsor },
      coachId,
      clientId,
      state,
      health: health && { ...present.settings, asOf: present.today, level: health },
    };
    const { rows: ids, next } = await readEngagementIds(db, filter, page);
    const facts = await currentFacts(db, tenantId, ids);
    const shown = ids.flatMap((engagementId): readonly Shown[] => {
      const current = facts.get(engagementId);
      const viewer = current && viewerFor('overview', caller, partiesOf(current.facts.engagement));
      return viewer && !isNotShown(viewer) ? [{ engagementId, current, viewer }] : [];
    });
    const people = shown.flatMap(({ current }) => peopleIn(current.facts.engagement));
    const names = await readNames(db, tenantId, people);
    await this.reading.showMany({ caller, accessReason, what: 'overview', parts: shown });
    const items = shown.map(({ current, viewer }) => seenOverview(toOverview(current, names, present), viewer));
    return { items, next };
  }
}

type Shown = { readonly engagementId: Id; readonly current: CurrentFacts; readonly viewer: Viewer };

function peopleIn({ clientId, coachId, sponsorId }: Engagement): readonly Id[] {
  return sponsorId === null ? [clientId, coachId] : [clientId, coachId, sponsorId];
}

/** @throws {Refused} 404 */
export async function currentFactsOf(db: Reading['db'], tenantId: string, engagementId: Id): Promise<CurrentFacts> {
  const current = (await currentFacts(db, tenantId, [engagementId])).get(engagementId);
  if (!current) throw engagementNotFound();
  return current;
}
