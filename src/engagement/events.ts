import type { PlanChange } from './plan-changes';
import type {
  ActionDetails,
  AttainmentLevel,
  BarrierCategory,
  Disclosable,
  GoalDetails,
  Id,
  Instant,
  IsoDate,
  MilestoneDetails,
  MilestoneFate,
  Money,
  NoteVisibility,
  PartyName,
  Rater,
  ReasonCode,
  ResourceKind,
} from './values';

type NoData = Readonly<Record<string, never>>;
type Fates = Readonly<Record<Id, MilestoneFate>>;

/**
 * What can happen in an engagement, by name. Each `data` carries the command's fields by the same names, with the ids;
 * what was not given is null.
 */
export type EngagementEventData = {
  EngagementProposed: {
    readonly engagementId: Id;
    readonly clientId: Id;
    readonly coachId: Id;
    readonly sponsorId: Id | null;
    readonly startsOn: IsoDate;
    readonly endsOn: IsoDate;
    readonly checkInEveryDays: number | null;
  };
  /** `discloses` is what the client lets the sponsor see; null when another party signs. */
  AgreementSigned: { readonly party: PartyName; readonly discloses: readonly Disclosable[] | null };
  EngagementStarted: NoData;
  EngagementPaused: { readonly reason: string };
  EngagementResumed: NoData;
  EngagementExtended: { readonly endsOn: IsoDate; readonly reason: string };
  CoachReassigned: { readonly coachId: Id; readonly reason: string };
  EngagementCompleted: { readonly summary: string };
  EngagementEndedEarly: { readonly reason: string };
  EngagementReopened: { readonly reason: string };

  CareerVisionArticulated: {
    readonly vision: string;
    readonly values: readonly string[];
    readonly interests: readonly string[];
    readonly aspirations: readonly string[];
  };

  GoalProposed: GoalDetails;
  GoalSet: GoalDetails;
  GoalRejected: { readonly goalId: Id; readonly reason: string };
  GoalPutOnHold: { readonly goalId: Id; readonly reason: string };
  GoalResumed: { readonly goalId: Id };
  /** The milestones' own events stand before this one in the same append; `milestones` says what the command said. */
  GoalAchieved: {
    readonly goalId: Id;
    readonly achievedOn: IsoDate;
    readonly reflection: string | null;
    readonly milestones: Fates;
  };
  GoalAbandoned: {
    readonly goalId: Id;
    readonly reason: string;
    readonly notAttainable: boolean;
    readonly milestones: Fates;
  };
  /** Every open goal once, the first in rank first. */
  GoalsPrioritised: { readonly order: readonly Id[] };
  /** `corrects` names the observation that this one replaces. */
  ProgressRecorded: {
    readonly goalId: Id;
    readonly value: number;
    readonly observedOn: IsoDate;
    readonly rater: Rater;
    readonly note: string | null;
    readonly corrects: Id | null;
  };
  GoalAttainmentScored: {
    readonly goalId: Id;
    readonly level: AttainmentLevel;
    readonly observedOn: IsoDate;
    readonly rater: Rater;
    readonly corrects: Id | null;
  };

  MilestonePlanned: MilestoneDetails;
  MilestoneReached: { readonly milestoneId: Id; readonly reachedOn: IsoDate; readonly evidence: string | null };
  MilestoneMissed: { readonly milestoneId: Id; readonly reason: string | null };
  MilestoneReopened: { readonly milestoneId: Id; readonly reason: string };
  /** Takes the milestone's open actions along. `reason` is null when it went with its goal. */
  MilestoneDropped: { readonly milestoneId: Id; readonly reason: string | null };

  ActionCommitted: ActionDetails;
  ActionCompleted: { readonly actionId: Id; readonly completedOn: IsoDate };
  ActionDropped: { readonly actionId: Id; readonly reason: string };

  ResourceIdentified: {
    readonly resourceId: Id;
    readonly kind: ResourceKind;
    readonly description: string;
    readonly budget: Money | null;
  };
  ResourceAllocated: { readonly resourceId: Id; readonly to: Id; readonly amount: Money | null };
  /** `to` null: all allocations. */
  ResourceReleased: { readonly resourceId: Id; readonly to: Id | null; readonly reason: string };

  BarrierIdentified: {
    readonly barrierId: Id;
    readonly category: BarrierCategory;
    readonly description: string;
    /** 1 to 5. */
    readonly severity: number;
    readonly affects: readonly Id[];
  };
  BarrierStrategyAgreed: { readonly barrierId: Id; readonly strategyId: Id; readonly description: string };
  BarrierResolved: { readonly barrierId: Id; readonly outcome: string; readonly resolvedOn: IsoDate };
  BarrierReopened: { readonly barrierId: Id; readonly reason: string };

  CheckInScheduled: { readonly checkInId: Id; readonly scheduledFor: Instant };
  CheckInRescheduled: { readonly checkInId: Id; readonly scheduledFor: Instant; readonly reason: string };
  /** `confidence` is 1 to 10. */
  CheckInHeld: {
    readonly checkInId: Id;
    readonly heldAt: Instant;
    readonly summary: string;
    readonly confidence: number | null;
  };
  CheckInMissed: { readonly checkInId: Id; readonly by: 'client' | 'coach'; readonly reason: string | null };

  /** Revision 1: fixes the baseline dates, which never change afterwards. */
  PlanAgreed: { readonly revision: number; readonly agreedBy: readonly PartyName[]; readonly effectiveOn: IsoDate };
  PlanAdapted: {
    /** The previous revision + 1. */
    readonly revision: number;
    readonly baseRevision: number;
    readonly reasonCode: ReasonCode;
    readonly reasonText: string;
    readonly triggeredBy: readonly Id[];
    readonly changes: readonly PlanChange[];
    readonly agreedBy: readonly PartyName[];
    readonly sponsorInformed: boolean;
    readonly effectiveOn: IsoDate;
  };

  AchievementCelebrated: { readonly celebrationId: Id; readonly about: Id; readonly how: string };
  SetbackRecorded: { readonly setbackId: Id; readonly description: string };
  LessonLearned: { readonly setbackId: Id; readonly lesson: string };
  /** `digest` is the hex SHA-256 of `text`: it still proves the note when the text may not be shown. */
  NoteRecorded: {
    readonly noteId: Id;
    readonly visibility: NoteVisibility;
    readonly text: string;
    readonly about: Id | null;
    readonly digest: string;
  };
};

export type EngagementEventType = keyof EngagementEventData;

/** An event as a decision makes it. */
export type EngagementEvent = {
  [T in EngagementEventType]: { readonly type: T; readonly data: EngagementEventData[T] };
}[EngagementEventType];

/** What is known about an event once it stands in the log. */
export type Occurrence = {
  readonly eventId: Id;
  readonly occurredAt: Instant;
  /** The day of `occurredAt` in the tenant's time zone. */
  readonly occurredOn: IsoDate;
};

/** An event of the past, as `evolve` and the measures take it. */
export type PastEngagementEvent = EngagementEvent & Occurrence;
