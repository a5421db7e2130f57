import type { Id, Instant, IsoDate } from '../../engagement/values';
import type { JobData, NewJob } from '../queues';

/** A digest is one of a person and a day, whatever it will tell. */
export type DigestJob = {
  readonly kind: 'digest';
  readonly tenantId: string;
  readonly participantId: Id;
  readonly day: IsoDate;
};

/** A reminder is one of a person, a check-in and the instant it is scheduled for. */
export type ReminderJob = {
  readonly kind: 'reminder';
  readonly tenantId: string;
  readonly participantId: Id;
  readonly engagementId: Id;
  readonly key: string;
};

export type NotifyJob = DigestJob | ReminderJob;

export function toJob(job: NotifyJob): NewJob {
  const { kind, tenantId, participantId } = job;
  const of = kind === 'digest' ? job.day : job.key;
  // BullMQ keeps the colon, which stands in instants, for itself.
  return { id: [kind, tenantId, participantId, of].join('/').replaceAll(':', '.'), data: job };
}

/** @throws when the data are of no such job */
export function fromJob(data: JobData): NotifyJob {
  const { kind, tenantId, participantId, day, engagementId, key } = data;
  if (tenantId !== undefined && participantId !== undefined) {
    if (kind === 'digest' && day !== undefined) return { kind, tenantId, participantId, day };
    if (kind === 'reminder' && engagementId !== undefined && key !== undefined) {
      return { kind, tenantId, participantId, engagementId, key };
    }
  }
  throw new Error(`This is no job of a notification: ${JSON.stringify(data)}`);
}

export const digestKey = (participantId: Id, day: IsoDate): string => `digest/${participantId}/${day}`;
export const reminderKey = (participantId: Id, key: string): string => `${key}/${participantId}`;

/** The instant in the key of a check-in's reminder, which says when the check-in is. */
export const scheduledForIn = (key: string): Instant => key.slice(key.lastIndexOf('/') + 1);
