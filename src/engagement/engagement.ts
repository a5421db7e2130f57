import type {
  ActionDetails,
  BarrierCategory,
  Disclosable,
  DropOutcome,
  GoalDetails,
  Id,
  Instant,
  IsoDate,
  Lifecycle,
  MilestoneDetails,
  Money,
  PartyName,
  ReasonCode,
  ResourceKind,
} from './values';

/** What the record says of an engagement: everything a decision needs, and all but the observations of its measures. */
export type Engagement = {
  readonly engagementId: Id;
  readonly clientId: Id;
  readonly coachId: Id;
  readonly sponsorId: Id | null;
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly checkInEveryDays: number | null;
  readonly phase: Phase;
  readonly signatures: readonly Signature[];
  readonly vision: Vision | null;
  readonly plan: Plan;
  /** Ids of things that nothing but their own event speaks of. */
  readonly otherIds: Readonly<Record<Id, 'strategy' | 'celebration' | 'setback' | 'note'>>;
} & { readonly [C in keyof Things]: Readonly<Record<Id, Things[C]>> };

/** The collections of an engagement; each is a record by id. */
export type Things = {
  goals: Goal;
  milestones: Milestone;
  actions: Action;
  resources: Resource;
  barriers: Barrier;
  checkIns: CheckIn;
};

/** Where the engagement is between proposal and end. Whether it is `proposed` or `agreed` follows from the signatures. */
export type Phase = {
  readonly status: 'preparing' | 'active' | 'paused' | 'completed' | 'ended-early';
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** When the newest change of `status` occurred; the next one can't be dated before it. */
  readonly lastChangeAt: Instant;
  /** The stretches in which coaching went on: days, the end not counted, null while it still does. */
  readonly activeStretches: readonly Stretch[];
};

export type Stretch = { readonly from: IsoDate; readonly to: IsoDate | null };

/** A party's newest signature. `discloses` is the client's; `[]` for the others. */
export type Signature = {
  readonly party: PartyName;
  readonly discloses: readonly Disclosable[];
  readonly eventId: Id;
};

type Vision = {
  readonly vision: string;
  readonly values: readonly string[];
  readonly interests: readonly string[];
  readonly aspirations: readonly string[];
};

type Plan = {
  /** 0 until the plan is agreed. */
  readonly revision: number;
  readonly agreedAt: Instant | null;
  readonly lastAdaptedAt: Instant | null;
  readonly adaptations: readonly Adaptation[];
  /** The day from which the newest revision holds. */
  readonly effectiveOn: IsoDate | null;
};

export type Adaptation = {
  readonly revision: number;
  readonly reasonCode: ReasonCode;
  readonly effectiveOn: IsoDate;
};

export type Goal = GoalDetails & {
  readonly lifecycle: Lifecycle;
  readonly dropOutcome: DropOutcome | null;
  /** Fixed when the plan is agreed; null for a goal that came later. */
  readonly baselineDueOn: IsoDate | null;
  /** How often the target was changed: observations count for the target they were made under. */
  readonly retargets: number;
  /** The day since which the goal is active, or last was. */
  readonly activeSince: IsoDate | null;
};

export type Milestone = MilestoneDetails & {
  readonly state: 'planned' | 'reached' | 'missed' | 'dropped';
  readonly baselineDueOn: IsoDate | null;
  readonly reachedOn: IsoDate | null;
  readonly droppedOn: IsoDate | null;
};

export type Action = ActionDetails & {
  readonly state: 'open' | 'completed' | 'dropped';
  readonly baselineDueOn: IsoDate | null;
  readonly completedOn: IsoDate | null;
};

export type Resource = {
  readonly resourceId: Id;
  readonly kind: ResourceKind;
  readonly description: string;
  readonly budget: Money | null;
  readonly allocated: readonly Allocation[];
  readonly state: 'identified' | 'allocated' | 'released';
};

export type Allocation = { readonly to: Id; readonly amount: Money | null };

export type Barrier = {
  readonly barrierId: Id;
  readonly category: BarrierCategory;
  readonly description: string;
  readonly severity: number;
  readonly affects: readonly Id[];
  readonly state: 'open' | 'resolved';
  /** One stretch an opening, in order; the last one has no end while the barrier is open. Never empty. */
  readonly openStretches: readonly Stretch[];
  readonly strategies: readonly Strategy[];
};

type Strategy = { readonly strategyId: Id; readonly description: string };

export type CheckIn = {
  readonly checkInId: Id;
  readonly state: 'scheduled' | 'held' | 'missed';
  readonly scheduledFor: Instant;
  readonly heldAt: Instant | null;
  readonly summary: string | null;
  readonly confidence: number | null;
  readonly missedBy: 'client' | 'coach' | null;
  readonly missedOn: IsoDate | null;
};

export type EngagementStateName = 'proposed' | 'agreed' | 'active' | 'paused' | 'completed' | 'ended-early';

/** The parties whose signature the agreement needs. */
export function requiredParties(engagement: Pick<Engagement, 'sponsorId'>): readonly PartyName[] {
  return engagement.sponsorId === null ? ['client', 'coach'] : ['client', 'coach', 'sponsor'];
}

export function missingSignatures(engagement: Pick<Engagement, 'sponsorId' | 'signatures'>): readonly PartyName[] {
  return requiredParties(engagement).filter((party) => !engagement.signatures.some((signed) => signed.party === party));
}

/** The engagement's state as the world names it. */
export function stateOf(engagement: Pick<Engagement, 'sponsorId' | 'signatures' | 'phase'>): EngagementStateName {
  if (engagement.phase.status !== 'preparing') return engagement.phase.status;
  return missingSignatures(engagement).length === 0 ? 'agreed' : 'proposed';
}

/** What the client's newest signature discloses to the sponsor, and the event that says so. */
export function disclosureOf(engagement: Pick<Engagement, 'signatures'>): Pick<Signature, 'discloses'> & {
  readonly eventId: Id | null;
} {
  return engagement.signatures.find((signed) => signed.party === 'client') ?? { discloses: [], eventId: null };
}

/** The role a person plays in the engagement; null for one who is no party. */
export function partyOf(
  engagement: Pick<Engagement, 'clientId' | 'coachId' | 'sponsorId'>,
  participantId: Id,
): PartyName | null {
  if (participantId === engagement.clientId) return 'client';
  if (participantId === engagement.coachId) return 'coach';
  return participantId === engagement.sponsorId ? 'sponsor' : null;
}

export const isOpenGoal = (goal: Goal): boolean => goal.lifecycle === 'active' || goal.lifecycle === 'on-hold';
export const isOpenMilestone = (milestone: Milestone): boolean =>
  milestone.state === 'planned' || milestone.state === 'missed';
export const isOpenAction = (action: Action): boolean => action.state === 'open';

/** The goal's milestones that are not dropped, in their order. */
export function milestonesOf(milestones: Readonly<Record<Id, Milestone>>, goalId: Id): readonly Milestone[] {
  return Object.values(milestones)
    .filter((milestone) => milestone.goalId === goalId && milestone.state !== 'dropped')
    .sort((a, b) => a.order - b.order);
}

/** The whole goal, without what has become of it. */
export function goalDetails(goal: GoalDetails): GoalDetails {
  const { goalId, specific, measure, attainmentScale, achievability, relevance } = goal;
  const { startOn, dueOn, datesOverrideReason, source, weight, rank } = goal;
  return {
    goalId,
    specific,
    measure,
    attainmentScale,
    achievability,
    relevance,
    startOn,
    dueOn,
    datesOverrideReason,
    source,
    weight,
    rank,
  };
}
