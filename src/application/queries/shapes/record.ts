import type { Id, Instant, NoteVisibility } from '../../../engagement/values';
import type { Rule } from './health';
import type { Actor } from './people';

/** An event in words. */
export type HistoryItem = {
  readonly eventId: Id;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly sentence: string;
};

export type AuditEntry = HistoryItem & {
  readonly schemaVersion: number;
  readonly revision: number;
  readonly position: string;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly onBehalfOf: Id | null;
  readonly correlationId: Id;
  readonly causationId: Id | null;
  readonly commandId: Id;
  /** The command's fields by the same names, with the ids. */
  readonly data: object;
};

export type Brief = {
  readonly since: Instant;
  readonly items: readonly HistoryItem[];
  readonly openQuestions: readonly Rule[];
};

export type CheckInShape = {
  readonly checkInId: Id;
  readonly state: 'scheduled' | 'held' | 'missed';
  readonly scheduledFor: Instant;
  readonly heldAt: Instant | null;
  readonly summary: string | null;
  readonly confidence: number | null;
  readonly missedBy: 'client' | 'coach' | null;
};

export type Note = {
  readonly noteId: Id;
  readonly visibility: NoteVisibility;
  /** The id of the coach who wrote it. */
  readonly author: Id;
  readonly occurredAt: Instant;
  readonly about: Id | null;
  readonly text: string | null;
  /** Hex SHA-256 of the text. */
  readonly digest: string;
};

export type Disclosure = {
  readonly at: Instant;
  readonly to: Actor;
  readonly what: string;
  readonly reason: string | null;
  /** The client's signature under which a sponsor was shown it. */
  readonly consentEventId: Id | null;
};
