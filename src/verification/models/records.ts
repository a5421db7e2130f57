import { audit as auditTable } from '../../../projections/audit/table';
import { notes as notesTable } from '../../../projections/notes/table';
import { planRevisions as planRevisionsTable } from '../../../projections/plan-revisions/table';
import type { EngagementModel } from '../fold';

/** Every event of an engagement, word for word. */
export const audit: EngagementModel = {
  name: 'audit',
  scope: 'engagementId',
  tables: [auditTable],
  begin: (book) => ({
    take: ({ event, past }) => {
      const { metadata } = event;
      book.put(auditTable, event, {
        revision: Number(event.revision),
        type: event.type,
        schemaVersion: event.schemaVersion,
        occurredAt: metadata.occurredAt,
        occurredOn: past.occurredOn,
        recordedAt: metadata.recordedAt,
        actorId: metadata.actor.id,
        actorRole: metadata.actor.role,
        onBehalfOf: metadata.onBehalfOf ?? null,
        correlationId: metadata.correlationId,
        causationId: metadata.causationId,
        commandId: metadata.commandId,
        data: event.data,
      });
    },
  }),
};

/** The agreement of the plan, and each adaptation of it. */
export const planRevisions: EngagementModel = {
  name: 'plan-revisions',
  scope: 'engagementId',
  tables: [planRevisionsTable],
  begin: (book) => ({
    take: ({ event, past }) => {
      if (past.type !== 'PlanAgreed' && past.type !== 'PlanAdapted') return;
      const { metadata } = event;
      const adapted = past.type === 'PlanAdapted' ? past.data : null;
      book.put(planRevisionsTable, event, {
        revision: past.data.revision,
        kind: adapted ? 'adapted' : 'agreed',
        occurredAt: metadata.occurredAt,
        recordedAt: metadata.recordedAt,
        effectiveOn: past.data.effectiveOn,
        actorId: metadata.actor.id,
        actorRole: metadata.actor.role,
        onBehalfOf: metadata.onBehalfOf ?? null,
        agreedBy: past.data.agreedBy,
        sponsorInformed: adapted?.sponsorInformed ?? false,
        reasonCode: adapted?.reasonCode ?? null,
        reasonText: adapted?.reasonText ?? null,
        triggeredBy: adapted?.triggeredBy ?? [],
        changes: adapted?.changes ?? [],
        streamRevision: Number(event.revision),
      });
    },
  }),
};

/** Each note, with who wrote it. */
export const notes: EngagementModel = {
  name: 'notes',
  scope: 'engagementId',
  tables: [notesTable],
  begin: (book) => ({
    take: ({ event, past }) => {
      if (past.type !== 'NoteRecorded') return;
      const { actor, occurredAt } = event.metadata;
      book.put(notesTable, event, { ...past.data, author: actor.id, occurredAt });
    },
  }),
};
