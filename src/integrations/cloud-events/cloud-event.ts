import type { StoredEvent } from '../../event-store/event-store';
import { pick } from './paths';
import { type EventType, published } from './published';

/** What every type begins with, so that a receiver of many systems' events knows ours. */
const TYPE_PREFIX = 'cairn.';

/** An event as other systems get it: CloudEvents 1.0 in structured JSON. */
export type CloudEvent = {
  readonly specversion: '1.0';
  /** The event's id: the same for the same event, however often and whichever way it comes. */
  readonly id: string;
  readonly source: string;
  /** `cairn.` and the type that the audit names. */
  readonly type: string;
  /** The engagement's id; of events about a person the participant's. */
  readonly subject: string;
  /** When it happened; may be backdated. RFC 3339, UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Rises with the shape of the event's data. */
  readonly dataschema: string;
  readonly tenant: string;
  /** When it was recorded; never goes back within a subject. */
  readonly recordedtime: string;
  /** Counts from 0 within its subject, without gaps but for the events that are not published. */
  readonly revision: number;
  readonly actorid: string;
  readonly actorrole: string;
  readonly onbehalfof?: string;
  readonly correlationid: string;
  readonly causationid?: string;
  /** Ids, dates, numbers and codes. */
  readonly data: object;
};

/** The event as other systems get it; null for one that is not published. */
export function toCloudEvent(event: StoredEvent): CloudEvent | null {
  const { type, eventId, stream, revision, schemaVersion, data, metadata } = event;
  const paths = Object.hasOwn(published, type) ? published[type as EventType] : null;
  if (paths === null) return null;
  const { tenantId, actor, onBehalfOf, occurredAt, recordedAt, correlationId, causationId } = metadata;
  return {
    specversion: '1.0',
    id: eventId,
    source: sourceOf(tenantId),
    type: `${TYPE_PREFIX}${type}`,
    subject: stream.slice(stream.indexOf('_') + 1),
    time: occurredAt,
    datacontenttype: 'application/json',
    dataschema: `urn:cairn:event:${type}:${schemaVersion}`,
    tenant: tenantId,
    recordedtime: recordedAt,
    revision: Number(revision),
    actorid: actor.id,
    actorrole: actor.role,
    ...(onBehalfOf === undefined ? {} : { onbehalfof: onBehalfOf }),
    correlationid: correlationId,
    ...(causationId === null ? {} : { causationid: causationId }),
    data: pick(data, paths),
  };
}

/** Where a tenant's events come from. */
function sourceOf(tenantId: string): string {
  return `urn:cairn:tenant:${tenantId}`;
}

/** The type of event that other systems call so, with or without the prefix; null for an unknown one. */
export function eventTypeNamed(name: string): EventType | null {
  const type = name.startsWith(TYPE_PREFIX) ? name.slice(TYPE_PREFIX.length) : name;
  return Object.hasOwn(published, type) && published[type as EventType] !== null ? (type as EventType) : null;
}
