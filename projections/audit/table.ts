import type { Id, Instant, IsoDate } from '../../src/engagement/values';
import { defineTable } from '../engine/table';

/** An event of an engagement, whole; its id and position are the row's own stamps. */
export type AuditRow = {
  readonly revision: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly occurredAt: Instant;
  readonly occurredOn: IsoDate;
  readonly recordedAt: Instant;
  readonly actorId: Id;
  readonly actorRole: string;
  readonly onBehalfOf: Id | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly commandId: string;
  readonly data: object;
};

export const audit = defineTable<AuditRow>({
  name: 'read_model.audit',
  scope: 'engagementId',
  key: ['revision'],
  columns: {
    revision: 'integer',
    type: 'text',
    schemaVersion: 'integer',
    occurredAt: 'timestamptz',
    occurredOn: 'date',
    recordedAt: 'timestamptz',
    actorId: 'text',
    actorRole: 'text',
    onBehalfOf: 'text',
    correlationId: 'text',
    causationId: 'text',
    commandId: 'text',
    data: 'jsonb',
  },
  onlyNewKeys: true,
});
