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
    const { rows, next } = await this.reading.listFromRows(params, () =>
      readAudit(db, ofEngagement(params), filter, order, page),
    );
    const titles = await titlesFor(this.reading, params);
    const entries = rows.map((row) => toAuditEntry(row, titles));
    const triggers = await knownTriggers(this.reading, entries.flatMap(triggersIn), params, viewer);
    await this.reading.show(viewer, params, 'audit');
    return { items: entries.map((entry) => seenEntry(withTriggers(entry, triggers), viewer)), next };
  }
}

/** The events that an entry names as the triggers of an adaptation. */
function triggersIn({ data }: AuditEntry): readonly Id[] {
  return 'triggeredBy' in data ? (data.triggeredBy as readonly Id[]) : [];
}

function withTriggers(entry: AuditEntry, known: ReadonlyMap<Id, unknown>): AuditEntry {
  if (!('triggeredBy' in entry.data)) return entry;
  return { ...entry, data: { ...entry.data, triggeredBy: triggersIn(entry).filter((id) => known.has(id)) } };
}

type RevisionRow = Awaited<ReturnType<typeof readPlanRevisions>>['rows'][number];

@QueryHandler(ListPlanRevisions)
export class ListPlanRevisionsHandler implements IQueryHandler<ListPlanRevisions, PageOf<PlanRevision>> {
  constructor(private readonly reading: Reading) {}

  async execute({ params }: ListPlanRevisions): Promise<PageOf<PlanRevision>> {
    const { db } = this.reading;
    const viewer = await this.reading.admit('plan', params);
    const { rows, next } = await this.reading.listFromRows(params, () =>
      readPlanRevisions(db, ofEngagement(params), params.order, params.page),
    );
    const titles = await titlesFor(this.reading, params);
    const named = rows.flatMap(({ triggeredBy }) => triggeredBy);
    const known = await knownTriggers(this.reading, named, params, viewer);
    const triggers = new Map([...known].map(([id, row]) => [id, toHistoryItem(toEvent(row), titles)]));
    await this.reading.show(viewer, params, 'plan/revisions');
    return { items: rows.map((row) => seenRevision(toRevision(row, triggers, titles), viewer)), next };
  }
}

type AuditRow = Awaited<ReturnType<typeof readAuditOf>>[number];

/** The events that adaptations name as their triggers, as far as the viewer may know of them, by id. */
async function knownTriggers(
  { db }: Reading,
  ids: readonly Id[],
  params: AboutEngagement,
  viewer: Viewer,
): Promise<ReadonlyMap<Id, AuditRow>> {
  const found = ids.length === 0 ? [] : await readAuditOf(db, ofEngagement(params), ids);
  return new Map(found.filter((row) => isKnown(viewer, toEvent(row), row.actorId)).map((row) => [row.eventId, row]));
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
