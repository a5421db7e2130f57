import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { readAudit, readAuditOf } from '../../../projections/audit/queries';
import { readPlanRevisions } from '../../../projections/plan-revisions/queries';
import { readTitles } from '../../../projections/progress/queries-titles';
import type { Viewer } from '../../access/viewer';
import { changeSentence, type Titles } from '../../engagement/sentences';
import type { Id, Role } from '../../engagement/values';
import type { PageOf } from './page';
import { type AboutEngagement, ListAudit, ListPlanRevisions } from './queries';
import { ofEngagement, privateNotesFor, Reading } from './reading';
import type { AuditEntry, HistoryItem, PlanRevision } from './shapes';
import { isKnown, toAuditEntry, toEvent, toHistoryItem } from './to-history';
import { seenEntry, seenRevision } from './views';

@QueryHandler(ListAudit)
export class ListAuditHandler implements IQueryHandler<ListAudit, PageOf<AuditEntry>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListAudit): Promise<PageOf<AuditEntry>> {
    const { db } = this.reading;
    const { types, actor, from, to, order, page } = params;
    const viewer = await this.reading.admit('audit', params);
    const filter = { types, actor, from, to, privateNotes: privateNotesFor(viewer) };
    const { rows, next } = await readAudit(db, ofEngagement(params), filter, order, page);
    const titles = await titlesFor(this.reading, params);
    await this.reading.show(viewer, params, 'audit');
    return { items: rows.map((row) => seenEntry(toAuditEntry(row, titles), viewer)), next };
  }
}

type RevisionRow = Awaited<ReturnType<typeof readPlanRevisions>>['rows'][number];

@QueryHandler(ListPlanRevisions)
export class ListPlanRevisionsHandler implements IQueryHandler<ListPlanRevisions, PageOf<PlanRevision>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListPlanRevisions): Promise<PageOf<PlanRevision>> {
    const { db } = this.reading;
    const viewer = await this.reading.admit('plan', params);
    const { rows, next } = await readPlanRevisions(db, ofEngagement(params), params.order, params.page);
    const titles = await titlesFor(this.reading, params);
    const triggers = await this.triggersOf(rows, params, viewer, titles);
    await this.reading.show(viewer, params, 'plan/revisions');
    return { items: rows.map((row) => seenRevision(toRevision(row, triggers, titles), viewer)), next };
  }

  /** The events that triggered the revisions, as far as the viewer may know of them. */
  private async triggersOf(
    rows: readonly RevisionRow[],
    params: AboutEngagement,
    viewer: Viewer,
    titles: Titles,
  ): Promise<ReadonlyMap<Id, HistoryItem>> {
    const ids = rows.flatMap(({ triggeredBy }) => triggeredBy);
    const found = ids.length === 0 ? [] : await readAuditOf(this.reading.db, ofEngagement(params), ids);
    const known = found.filter((row) => isKnown(viewer, toEvent(row), row.actorId));
    return new Map(known.map((row) => [row.eventId, toHistoryItem(toEvent(row), titles)]));
  }
}

function toRevision(row: RevisionRow, triggers: ReadonlyMap<Id, HistoryItem>, titles: Titles): PlanRevision {
  return {
    revision: row.revision,
    kind: row.kind,
    eventId: row.eventId,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    effectiveOn: row.effectiveOn,
    actor: { id: row.actorId, role: row.actorRole as Role },
    onBehalfOf: row.onBehalfOf,
    agreedBy: row.agreedBy,
    sponsorInformed: row.sponsorInformed,
    reasonCode: row.reasonCode,
    reasonText: row.reasonText,
    changes: row.changes,
    sentences: row.changes.map((change) => changeSentence(change, titles)),
    triggeredBy: row.triggeredBy.flatMap((eventId) => triggers.get(eventId) ?? []),
  };
}

async function titlesFor({ db }: Reading, params: AboutEngagement): Promise<Titles> {
  const titles = await readTitles(db, ofEngagement(params));
  return (id) => titles.get(id);
}
