import type { EngagementEventData } from '../../src/engagement/events';
import type { Id, Instant, IsoDate, PartyName, ReasonCode } from '../../src/engagement/values';
import { defineTable } from '../engine/table';

/** A revision of the plan; the event that made it is the one that last changed the row. */
export type PlanRevisionRow = {
  readonly revision: number;
  readonly kind: 'agreed' | 'adapted';
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly effectiveOn: IsoDate;
  readonly actorId: Id;
  readonly actorRole: string;
  readonly onBehalfOf: Id | null;
  readonly agreedBy: readonly PartyName[];
  readonly sponsorInformed: boolean;
  readonly reasonCode: ReasonCode | null;
  readonly reasonText: string | null;
  readonly triggeredBy: readonly Id[];
  readonly changes: EngagementEventData['PlanAdapted']['changes'];
  /** The revision of the stream with that event. */
  readonly streamRevision: number;
};

export const planRevisions = defineTable<PlanRevisionRow>({
  name: 'read_model.plan_revisions',
  scope: 'engagementId',
  key: ['revision'],
  columns: {
    revision: 'integer',
    kind: 'text',
    occurredAt: 'timestamptz',
    recordedAt: 'timestamptz',
    effectiveOn: 'date',
    actorId: 'text',
    actorRole: 'text',
    onBehalfOf: 'text',
    agreedBy: 'jsonb',
    sponsorInformed: 'boolean',
    reasonCode: 'text',
    reasonText: 'text',
    triggeredBy: 'jsonb',
    changes: 'jsonb',
    streamRevision: 'integer',
  },
  onlyNewKeys: true,
});
