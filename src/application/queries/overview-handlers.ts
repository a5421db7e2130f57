import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { readEngagementIds } from '../../../projections/overview/queries';
import { readNames } from '../../../projections/participants/queries';
import type { Caller } from '../../access/caller';
import { scopeOf } from '../../access/scope';
import { isNotShown, partiesOf, type Viewer, viewerFor } from '../../access/viewer';
import type { Engagement } from '../../engagement/engagement';
import type { Id } from '../../engagement/values';
import { type CurrentFacts, currentFacts } from './current-facts';
import type { PageOf } from './page';
import { type AboutEngagement, GetEngagement, ListEngagements } from './queries';
import { Reading, requireReason } from './reading';
import type { Overview } from './shapes';
import { toOverview } from './to-overview';
import { seenOverview } from './views';

@QueryHandler(GetEngagement)
export class GetEngagementHandler implements IQueryHandler<GetEngagement, Overview> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: GetEngagement): Promise<Overview> {
    const { db } = this.reading;
    const viewer = await this.reading.admit('overview', params);
    const current = await currentFactsOf(this.reading, params);
    const names = await readNames(db, params.caller.tenantId, peopleIn(current.facts.engagement));
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
    const found = await Promise.all(
      ids.map(async (engagementId): Promise<readonly Shown[]> => {
        const current = facts.get(engagementId);
        const viewer = current && (await this.viewerNow(caller, current.facts.engagement));
        // The rows that the filter found may be older than the client's consent.
        const mayBeFound = viewer && (health === null || viewer.discloses.includes('progress'));
        return mayBeFound ? [{ engagementId, current, viewer }] : [];
      }),
    );
    const shown = found.flat();
    const people = shown.flatMap(({ current }) => peopleIn(current.facts.engagement));
    const names = await readNames(db, tenantId, people);
    await this.reading.showMany({ caller, accessReason, what: 'overview', parts: shown });
    const items = shown.map(({ current, viewer }) => seenOverview(toOverview(current, names, present), viewer));
    return { items, next };
  }

  /** As whom the caller sees it. A coach or a sponsor can have lost that since the rows were written, the others can't. */
  private async viewerNow(caller: Caller, inRows: Engagement): Promise<Viewer | null> {
    const viewer = viewerFor('overview', caller, partiesOf(inRows));
    if (isNotShown(viewer)) return null;
    if (viewer.role !== 'coach' && viewer.role !== 'sponsor') return viewer;
    const engagement = await this.reading.newest(caller.tenantId, inRows.engagementId);
    const now = viewerFor('overview', caller, engagement && partiesOf(engagement));
    return isNotShown(now) ? null : now;
  }
}

type Shown = { readonly engagementId: Id; readonly current: CurrentFacts; readonly viewer: Viewer };

function peopleIn({ clientId, coachId, sponsorId }: Engagement): readonly Id[] {
  return sponsorId === null ? [clientId, coachId] : [clientId, coachId, sponsorId];
}

/** From the rows, of an engagement that is there. @throws {Refused} 503 while it is not in them yet */
export function currentFactsOf(
  reading: Reading,
  { caller, engagementId }: Pick<AboutEngagement, 'caller' | 'engagementId'>,
): Promise<CurrentFacts> {
  return reading.fromRows(async () => {
    const facts = await currentFacts(reading.db, caller.tenantId, [engagementId]);
    return facts.get(engagementId) ?? null;
  });
}
