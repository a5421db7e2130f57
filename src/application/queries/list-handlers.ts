import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { readBarriers } from '../../../projections/barriers/queries';
import { readCheckIns } from '../../../projections/check-ins/queries';
import { readNotes } from '../../../projections/notes/queries';
import { readResources } from '../../../projections/resources/queries';
import { readShown } from '../../records/disclosures';
import { toBarrier } from './current-facts';
import type { PageOf } from './page';
import { ListBarriers, ListCheckIns, ListDisclosures, ListNotes, ListResources } from './queries';
import { ofEngagement, privateNotesFor, Reading } from './reading';
import type { BarrierShape, CheckInShape, Disclosure, Note, ResourceShape } from './shapes';
import { toBarrierShape, toResourceShape } from './to-plan';
import { seenBarrier, seenCheckIn, seenNote } from './views';

@QueryHandler(ListCheckIns)
export class ListCheckInsHandler implements IQueryHandler<ListCheckIns, PageOf<CheckInShape>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListCheckIns): Promise<PageOf<CheckInShape>> {
    const viewer = await this.reading.admit('check-ins', params);
    const { rows, next } = await this.reading.listFromRows(params, () =>
      readCheckIns(this.reading.db, ofEngagement(params), params.page),
    );
    const items = rows.map(({ checkInId, state, scheduledFor, heldAt, summary, confidence, missedBy }) =>
      seenCheckIn({ checkInId, state, scheduledFor, heldAt, summary, confidence, missedBy }, viewer),
    );
    await this.reading.show(viewer, params, 'check-ins');
    return { items, next };
  }
}

@QueryHandler(ListBarriers)
export class ListBarriersHandler implements IQueryHandler<ListBarriers, PageOf<BarrierShape>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListBarriers): Promise<PageOf<BarrierShape>> {
    const viewer = await this.reading.admit('barriers', params);
    const { rows, next } = await this.reading.listFromRows(params, () =>
      readBarriers(this.reading.db, ofEngagement(params), params.page),
    );
    const { today } = this.reading.present();
    await this.reading.show(viewer, params, 'barriers');
    return { items: rows.map((row) => seenBarrier(toBarrierShape(toBarrier(row), today), viewer)), next };
  }
}

@QueryHandler(ListNotes)
export class ListNotesHandler implements IQueryHandler<ListNotes, PageOf<Note>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListNotes): Promise<PageOf<Note>> {
    const viewer = await this.reading.admit('notes', params);
    const { rows, next } = await this.reading.listFromRows(params, () =>
      readNotes(this.reading.db, ofEngagement(params), privateNotesFor(viewer), params.page),
    );
    const items = rows.map(({ noteId, visibility, author, occurredAt, about, text, digest }) =>
      seenNote({ noteId, visibility, author, occurredAt, about, text, digest }, viewer),
    );
    await this.reading.show(viewer, params, 'notes');
    return { items, next };
  }
}

@QueryHandler(ListResources)
export class ListResourcesHandler implements IQueryHandler<ListResources, PageOf<ResourceShape>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListResources): Promise<PageOf<ResourceShape>> {
    const viewer = await this.reading.admit('resources', params);
    const { rows, next } = await this.reading.listFromRows(params, () =>
      readResources(this.reading.db, ofEngagement(params), params.page),
    );
    await this.reading.show(viewer, params, 'resources');
    return { items: rows.map(toResourceShape), next };
  }
}

/** Reading what was shown to whom is no disclosure itself. */
@QueryHandler(ListDisclosures)
export class ListDisclosuresHandler implements IQueryHandler<ListDisclosures, PageOf<Disclosure>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListDisclosures): Promise<PageOf<Disclosure>> {
    const { caller, engagementId, page } = params;
    await this.reading.admit('disclosures', params);
    const before = typeof page.after === 'string' ? page.after : null;
    const records = await readShown(this.reading.db, caller.tenantId, engagementId, { before, limit: page.limit + 1 });
    const shown = records.slice(0, page.limit);
    const items = shown.map(({ at, to, what, reason, consentEventId }) => ({ at, to, what, reason, consentEventId }));
    return { items, next: records.length > page.limit ? (shown.at(-1)?.place ?? null) : null };
  }
}
