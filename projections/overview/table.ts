import type { Disclosable, Id, Instant, IsoDate } from '../../src/engagement/values';
import { defineTable } from '../engine/table';

/** A party's newest signature, and the revision it was given with. */
type SignatureValue = {
  readonly eventId: Id;
  readonly discloses: readonly Disclosable[];
  readonly revision: number;
};

export type EngagementRow = {
  readonly clientId: Id;
  readonly coachId: Id;
  readonly sponsorId: Id | null;
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly checkInEveryDays: number | null;
  readonly status: 'preparing' | 'active' | 'paused' | 'completed' | 'ended-early';
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly lastChangeAt: Instant;
  /** The first days of the stretches in which coaching went on, and the days they ended: one fewer while one runs. */
  readonly activeFrom: readonly IsoDate[];
  readonly activeTo: readonly IsoDate[];
  readonly clientSignature: SignatureValue | null;
  readonly coachSignature: SignatureValue | null;
  readonly sponsorSignature: SignatureValue | null;
  readonly vision: {
    readonly vision: string;
    readonly values: readonly string[];
    readonly interests: readonly string[];
    readonly aspirations: readonly string[];
  } | null;
  readonly planRevision: number;
  readonly planAgreedAt: Instant | null;
  readonly planLastAdaptedAt: Instant | null;
  readonly planEffectiveOn: IsoDate | null;
  /** Where in the log it was proposed: the order of lists. */
  readonly proposedCommit: string;
  readonly proposedPrepare: string;
};

export const engagements = defineTable<EngagementRow>({
  name: 'read_model.engagements',
  scope: 'engagementId',
  key: [],
  columns: {
    clientId: 'text',
    coachId: 'text',
    sponsorId: 'text',
    startsOn: 'date',
    endsOn: 'date',
    checkInEveryDays: 'integer',
    status: 'text',
    startedAt: 'timestamptz',
    endedAt: 'timestamptz',
    lastChangeAt: 'timestamptz',
    activeFrom: 'jsonb',
    activeTo: 'jsonb',
    clientSignature: 'jsonb',
    coachSignature: 'jsonb',
    sponsorSignature: 'jsonb',
    vision: 'jsonb',
    planRevision: 'integer',
    planAgreedAt: 'timestamptz',
    planLastAdaptedAt: 'timestamptz',
    planEffectiveOn: 'date',
    proposedCommit: 'numeric',
    proposedPrepare: 'numeric',
  },
});

/** What nothing but its own event speaks of: that it is there is all a list of ids needs. */
export type MomentRow = { readonly momentId: Id; readonly kind: 'celebration' | 'setback' };

export const moments = defineTable<MomentRow>({
  name: 'read_model.moments',
  scope: 'engagementId',
  key: ['momentId'],
  columns: { momentId: 'uuid', kind: 'text' },
});
