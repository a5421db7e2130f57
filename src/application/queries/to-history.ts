import type { readAuditOf } from '../../../projections/audit/queries';
import { mayKnowOfNote, type Viewer } from '../../access/viewer';
import type { EngagementEvent } from '../../engagement/events';
import { eventSentence, type Titles } from '../../engagement/sentences';
import type { Id, Instant, Role } from '../../engagement/values';
import { formatPosition } from '../../event-store/position';
import type { AuditEntry, HistoryItem } from './shapes';

/** An event as the audit's rows keep it. */
type AuditRow = Awaited<ReturnType<typeof readAuditOf>>[number];

/** Whether the viewer may know of the event: those of notes are known to who may know of the note. */
export function isKnown(viewer: Viewer, event: EngagementEvent, actorId: Id): boolean {
  if (event.type !== 'NoteRecorded') return true;
  return mayKnowOfNote(viewer, { visibility: event.data.visibility, author: actorId });
}

export function toHistoryItem(
  event: EngagementEvent & { readonly eventId: Id; readonly occurredAt: Instant },
  titles: Titles,
): HistoryItem {
  const { eventId, type, occurredAt } = event;
  return { eventId, type, occurredAt, sentence: eventSentence(event, titles) };
}

/** The event in a row of the audit. */
export function toEvent(row: AuditRow): EngagementEvent & { readonly eventId: Id; readonly occurredAt: Instant } {
  // The row is the event as it stands in the log, which holds only what a decision made.
  const event = { type: row.type, data: row.data } as EngagementEvent;
  return { ...event, eventId: row.eventId, occurredAt: row.occurredAt };
}

export function toAuditEntry(row: AuditRow, titles: Titles): AuditEntry {
  const { schemaVersion, revision, recordedAt, onBehalfOf, correlationId, causationId, commandId, data } = row;
  return {
    ...toHistoryItem(toEvent(row), titles),
    schemaVersion,
    revision,
    position: formatPosition({ commit: BigInt(row.commitPosition), prepare: BigInt(row.preparePosition) }),
    recordedAt,
    actor: { id: row.actorId, role: row.actorRole as Role },
    onBehalfOf,
    correlationId,
    causationId,
    commandId,
    data,
  };
}
