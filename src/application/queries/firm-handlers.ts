import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { analyticsViews, isAnalyticsView, readAnalyticsView } from '../../../projections/analytics/queries';
import type { ReadSide } from '../../../projections/engine/read-side';
import { readParticipant } from '../../../projections/participants/queries';
import { analystRole } from '../../access/scope';
import type { Role } from '../../engagement/values';
import { acquaintedAs } from '../acquaintance';
import { Refused } from '../refused';
import { READ_SIDE } from '../tokens';
import type { PageOf } from './page';
import { GetAnalytics, GetParticipant, ListProjections } from './queries';
import { Reading } from './reading';
import type { AnalyticsTable, ParticipantShape, ProjectionStatus } from './shapes';

/** A sponsor sees no number that is about fewer people. */
const SMALLEST_GROUP = 5;

@QueryHandler(GetAnalytics)
export class GetAnalyticsHandler implements IQueryHandler<GetAnalytics, AnalyticsTable> {
  constructor(private readonly reading: Reading) {}

  async execute({ params: { caller, view } }: GetAnalytics): Promise<AnalyticsTable> {
    const { tenantId, id } = caller;
    if (!isAnalyticsView(view)) {
      const known = Object.keys(analyticsViews).join(', ');
      throw new Refused('not-found', `There is no view ${view}: ask for one of ${known}.`);
    }
    const role = analystRole(caller);
    if (!role) throw new Refused('forbidden', 'Numbers over many people are not shown to clients.');
    const scopes = {
      coach: { tenantId, coachId: id },
      sponsor: { tenantId, sponsorId: id, minClients: SMALLEST_GROUP },
      supervisor: { tenantId },
      auditor: { tenantId },
      admin: { tenantId },
    };
    const table = await readAnalyticsView(this.reading.db, view, scopes[role]);
    const parts = [{ engagementId: null, viewer: { role, consentEventId: null } }];
    await this.reading.showMany({ caller, accessReason: null, what: `analytics/${view}`, parts });
    return table;
  }
}

@QueryHandler(GetParticipant)
export class GetParticipantHandler implements IQueryHandler<GetParticipant, ParticipantShape> {
  constructor(private readonly reading: Reading) {}

  async execute({ params: { caller, participantId } }: GetParticipant): Promise<ParticipantShape> {
    const { db, engagements } = this.reading;
    const isSelf = caller.id === participantId;
    const role = isSelf ? null : await roleTowards(db, engagements, caller, participantId);
    const person = isSelf || role ? await readParticipant(db, caller.tenantId, participantId) : null;
    if (!person) throw new Refused('not-found', 'There is no such participant: check the id.');
    if (role) {
      const parts = [{ engagementId: null, viewer: { role, consentEventId: null } }];
      await this.reading.showMany({ caller, accessReason: null, what: `participants/${participantId}`, parts });
    }
    const { kind, name, email } = person;
    return { participantId, kind, name, email };
  }
}

/** The role by which the caller may know another person; null for a stranger. */
async function roleTowards(...about: Parameters<typeof acquaintedAs>): Promise<Role | null> {
  const [, , { roles }] = about;
  return (await acquaintedAs(...about)) ?? (roles.includes('admin') ? 'admin' : null);
}

@QueryHandler(ListProjections)
export class ListProjectionsHandler implements IQueryHandler<ListProjections, PageOf<ProjectionStatus>> {
  constructor(@Inject(READ_SIDE) private readonly readSide: ReadSide) {}

  async execute({ params: { caller, page } }: ListProjections): Promise<PageOf<ProjectionStatus>> {
    if (!caller.roles.includes('admin')) throw new Refused('forbidden', 'Projections are shown to admins.');
    const all = await this.readSide.status();
    const from = all.findIndex(({ name }) => name === page.after) + 1;
    const items = all.slice(from, from + page.limit);
    return { items, next: from + page.limit < all.length ? (items.at(-1)?.name ?? null) : null };
  }
}
