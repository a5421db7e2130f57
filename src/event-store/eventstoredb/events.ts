import type { AllStreamRecordedEvent, RecordedEvent } from '@eventstore/db-client';
import type { LogEvent, NewEvent, OpaqueEvent, Position, StoredEvent } from '../event-store';

/** An event in the form in which it is sent. */
export type EncodedEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
};

/**
 * Metadata in the names that EventStoreDB gives meaning to, so that its own tools and projections show which events
 * belong together; ours keep their names.
 */
export function encodeEvent(event: NewEvent): EncodedEvent {
  const { correlationId, causationId, ...metadata } = event.metadata;
  const carried = {
    $correlationId: correlationId,
    ...(causationId === null ? {} : { $causationId: causationId }),
    ...metadata,
    schemaVersion: event.schemaVersion,
  };
  return {
    eventId: event.eventId.toLowerCase(),
    type: event.type,
    data: Buffer.from(JSON.stringify(event.data)),
    metadata: Buffer.from(JSON.stringify(carried)),
  };
}

/** What the client gives, of `$all` or of a stream. */
export type Recorded = RecordedEvent | AllStreamRecordedEvent;

/** The event under the name of its stream in the port: as Cairn wrote it, or opaque when it is not of that form. */
export function decodeEvent(recorded: Recorded, stream: string): LogEvent {
  const { id: eventId, type, revision } = recorded;
  const position = positionOf(recorded);
  const read = recorded.isJson ? readForm(recorded.data, recorded.metadata) : 'Its data is no JSON.';
  if (typeof read === 'string') {
    const recordedAt = recorded.created.toISOString();
    return { stream, revision, position, eventId, type, recordedAt, problem: read } satisfies OpaqueEvent;
  }
  const { data, metadata, schemaVersion } = read;
  return { stream, revision, position, eventId, type, schemaVersion, data, metadata } satisfies StoredEvent;
}

/** Both halves as the server gave them. */
export function positionOf({ position, streamId, revision }: Recorded): Position {
  if (!position) throw new Error(`The server gave no position for ${streamId} at ${revision}`);
  return { commit: position.commit, prepare: position.prepare };
}

type Form = Pick<StoredEvent, 'data' | 'metadata' | 'schemaVersion'>;

/** What an event says, or why it isn't one of ours. */
function readForm(data: unknown, carried: unknown): Form | string {
  if (!isRecord(data)) return 'Its data is no JSON object.';
  if (!isRecord(carried)) return 'It has no metadata.';
  const { $correlationId: correlationId, $causationId: causationId = null, schemaVersion, ...rest } = carried;
  if (typeof schemaVersion !== 'number' || !Number.isInteger(schemaVersion) || schemaVersion < 1) {
    return 'Its metadata has no schemaVersion.';
  }
  // Of its own making, as it was read a moment ago: cheaper than another copy.
  const metadata = Object.assign(rest, { correlationId, causationId });
  const fault = faultOf(metadata);
  if (fault !== null) return `Its metadata has no ${fault}.`;
  return { data, schemaVersion, metadata: metadata as unknown as Form['metadata'] };
}

const TEXTS = ['tenantId', 'occurredAt', 'recordedAt', 'correlationId', 'commandId'];

function faultOf(metadata: Record<string, unknown>): string | null {
  const { actor, onBehalfOf = '', causationId } = metadata;
  if (!isRecord(actor) || typeof actor.id !== 'string' || typeof actor.role !== 'string') return 'actor';
  if (typeof onBehalfOf !== 'string') return 'readable onBehalfOf';
  if (causationId !== null && typeof causationId !== 'string') return 'readable $causationId';
  for (const name of TEXTS) if (typeof metadata[name] !== 'string') return name;
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
