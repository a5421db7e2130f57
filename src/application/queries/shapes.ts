/**
 * The shapes of the HTTP contract, field by field. What the reader may not see is null: text fields that are hidden from
 * some reader are nullable here, though the contract's page leaves that to its sentence on redaction.
 */
import type { EngagementStateName } from '../../engagement/engagement';
import type { PlanChange } from '../../engagement/plan-changes';
import type {
  Achievement,
  BarrierCategory,
  Disclosable,
  GoalBody,
  GoalSource,
  Id,
  Instant,
  IsoDate,
  Lifecycle,
  Money,
  NoteVisibility,
  PartyName,
  Rater,
  ReasonCode,
  ResourceKind,
  Role,
} from '../../engagement/values';

export type Party = { readonly participantId: Id; readonly name: string | null };

export type RuleName = 'no-contact' | 'behind' | 'overdue' | 'blocked' | 'slipping';
export type HealthLevel = 'on-track' | 'attention' | 'at-risk';

export type Rule = {
  readonly rule: RuleName;
  readonly level: Exclude<HealthLevel, 'on-track'>;
  /** The goal, milestone or barrier. */
  readonly about: Id | null;
  /** The first day on which the rule is true. */
  readonly since: IsoDate;
  readonly sentence: string | null;
};

export type Health = { readonly level: HealthLevel; readonly rules: readonly Rule[] };

export type Overview = {
  readonly engagementId: Id;
  readonly revision: number;
  readonly state: EngagementStateName;
  readonly client: Party;
  readonly coach: Party;
  readonly sponsor: Party | null;
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly agreement: {
    readonly signed: readonly PartyName[];
    readonly missing: readonly PartyName[];
    readonly discloses: readonly Disclosable[];
  };
  readonly vision: VisionShape | null;
  /** Revision 0: not agreed yet. */
  readonly plan: {
    readonly revision: number;
    readonly agreedAt: Instant | null;
    readonly lastAdaptedAt: Instant | null;
  };
  readonly goals: readonly OverviewGoal[];
  readonly lastCheckIn: LastCheckIn | null;
  readonly nextCheckIn: NextCheckIn | null;
  /** Null, also `health`: not disclosed. */
  readonly open: OpenCounts | null;
  readonly health: Health | null;
};

export type VisionShape = {
  readonly vision: string | null;
  readonly values: readonly string[] | null;
  readonly interests: readonly string[] | null;
  readonly aspirations: readonly string[] | null;
};

export type OverviewGoal = {
  readonly goalId: Id;
  readonly specific: string;
  readonly source: GoalSource;
  readonly lifecycle: Lifecycle;
  readonly achievement: Achievement;
  readonly rank: number | null;
  readonly weight: number;
  readonly startOn: IsoDate;
  readonly dueOn: IsoDate;
  readonly baselineDueOn: IsoDate | null;
  /** From 0 to 1; null without milestones in scope. */
  readonly completion: number | null;
};

export type LastCheckIn = { readonly checkInId: Id; readonly heldAt: Instant };
export type NextCheckIn = { readonly checkInId: Id; readonly scheduledFor: Instant };
export type OpenCounts = { readonly milestones: number; readonly actions: number; readonly barriers: number };

export type Completion = {
  readonly reached: number;
  readonly inScope: number;
  readonly baselineReached: number;
  readonly baselineScope: number;
  readonly current: number | null;
  readonly baseline: number | null;
};

export type Progress = {
  readonly engagementId: Id;
  readonly asOf: IsoDate;
  readonly completion: Completion;
  /** T-scores, one entry a rater that scored. */
  readonly attainment: readonly {
    readonly rater: Rater;
    readonly goals: number;
    readonly baseline: number | null;
    readonly now: number | null;
    readonly change: number | null;
  }[];
  readonly volatility: {
    readonly adaptations: number;
    readonly activeDays: number;
    readonly perMonth: number | null;
  };
  readonly barriers: {
    readonly open: readonly { readonly barrierId: Id; readonly severity: number; readonly ageDays: number }[];
    readonly resolved: {
      readonly count: number;
      readonly medianDays: number | null;
      readonly meanDays: number | null;
    };
  };
  readonly milestonesOnTime: {
    readonly reached: number;
    readonly onTimeBaseline: number;
    readonly onTimeCurrent: number;
  };
  readonly health: Health;
  readonly goals: readonly ProgressGoal[];
};

export type ProgressGoal = {
  readonly goalId: Id;
  readonly specific: string | null;
  readonly lifecycle: Lifecycle;
  readonly achievement: Achievement;
  readonly dueOn: IsoDate;
  readonly baselineDueOn: IsoDate | null;
  readonly completion: Completion;
  /** Levels; `followUpDays` from the first observation to the last. */
  readonly attainment: readonly {
    readonly rater: Rater;
    readonly baseline: number | null;
    readonly level: number | null;
    readonly observedOn: IsoDate | null;
    readonly followUpDays: number | null;
  }[];
  readonly latest: { readonly value: number; readonly observedOn: IsoDate; readonly rater: Rater } | null;
  readonly milestones: readonly ProgressMilestone[];
};

export type ProgressMilestone = {
  readonly milestoneId: Id;
  readonly title: string | null;
  readonly state: MilestoneStateName;
  readonly baselineDueOn: IsoDate | null;
  readonly dueOn: IsoDate;
  readonly reachedOn: IsoDate | null;
  readonly slippageDays: { readonly baseline: number | null; readonly current: number };
};

type MilestoneStateName = 'planned' | 'reached' | 'missed' | 'dropped';

/** Goals active, on hold and completed; dropped things are left out. */
export type Plan = {
  readonly engagementId: Id;
  readonly revision: number;
  readonly asOf: IsoDate | null;
  readonly knownAt: Instant | null;
  readonly goals: readonly PlanGoal[];
  readonly milestones: readonly PlanMilestone[];
  readonly actions: readonly PlanAction[];
  readonly resources: readonly ResourceShape[];
  readonly barriers: readonly BarrierShape[];
};

export type PlanGoal = GoalBody & {
  readonly goalId: Id;
  readonly lifecycle: Lifecycle;
  readonly achievement: Achievement;
  readonly baselineDueOn: IsoDate | null;
};

export type PlanMilestone = {
  readonly milestoneId: Id;
  readonly goalId: Id;
  readonly title: string;
  readonly criterion: string;
  readonly dueOn: IsoDate;
  readonly baselineDueOn: IsoDate | null;
  readonly order: number;
  readonly state: MilestoneStateName;
  readonly reachedOn: IsoDate | null;
};

export type PlanAction = {
  readonly actionId: Id;
  readonly milestoneId: Id;
  readonly title: string;
  readonly owner: PartyName;
  readonly dueOn: IsoDate;
  readonly baselineDueOn: IsoDate | null;
  readonly commitment: number | null;
  readonly state: 'open' | 'completed';
  readonly completedOn: IsoDate | null;
};

export type ResourceShape = {
  readonly resourceId: Id;
  readonly kind: ResourceKind;
  readonly description: string;
  readonly budget: Money | null;
  readonly allocated: readonly { readonly to: Id; readonly amount: Money | null }[];
  readonly state: 'identified' | 'allocated' | 'released';
};

export type BarrierShape = {
  readonly barrierId: Id;
  readonly category: BarrierCategory;
  readonly description: string | null;
  readonly severity: number;
  readonly affects: readonly Id[];
  readonly state: 'open' | 'resolved';
  readonly identifiedOn: IsoDate;
  readonly resolvedOn: IsoDate | null;
  readonly openDays: number;
  readonly strategies: readonly { readonly strategyId: Id; readonly description: string }[];
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

type Actor = { readonly id: Id; readonly role: Role };

export type PlanRevision = {
  readonly revision: number;
  readonly kind: 'agreed' | 'adapted';
  readonly eventId: Id;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly effectiveOn: IsoDate;
  readonly actor: Actor;
  readonly onBehalfOf: Id | null;
  readonly agreedBy: readonly PartyName[];
  readonly sponsorInformed: boolean;
  readonly reasonCode: ReasonCode | null;
  readonly reasonText: string | null;
  readonly changes: readonly PlanChange[];
  /** One sentence a change. */
  readonly sentences: readonly string[];
  readonly triggeredBy: readonly HistoryItem[];
};

/** An event in words. */
export type HistoryItem = {
  readonly eventId: Id;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly sentence: string;
};

type DiffKind = 'goal' | 'milestone' | 'action' | 'resource';

/** `from` > `to` is the mirror image. */
export type PlanDiff = {
  readonly from: number;
  readonly to: number;
  /** As at `to`. */
  readonly added: readonly PlanDiffThing[];
  /** As at `from`. */
  readonly dropped: readonly PlanDiffThing[];
  readonly changed: readonly PlanDiffChange[];
  /** Of the revisions above the lower one, up to the higher one. */
  readonly reasons: readonly {
    readonly revision: number;
    readonly reasonCode: ReasonCode | null;
    readonly reasonText: string | null;
    readonly effectiveOn: IsoDate;
  }[];
};

export type PlanDiffThing = { readonly kind: DiffKind; readonly id: Id; readonly value: object };
export type PlanDiffChange = {
  readonly kind: DiffKind;
  readonly id: Id;
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
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

export type Disclosure = {
  readonly at: Instant;
  readonly to: Actor;
  readonly what: string;
  readonly reason: string | null;
  /** The client's signature under which a sponsor was shown it. */
  readonly consentEventId: Id | null;
};

export type CaseloadItem = {
  readonly engagementId: Id;
  readonly client: Party;
  readonly state: EngagementStateName;
  readonly health: Health;
  readonly lastCheckIn: LastCheckIn | null;
  readonly nextCheckIn: NextCheckIn | null;
  readonly dueNext: {
    readonly kind: 'milestone' | 'action';
    readonly id: Id;
    readonly title: string | null;
    readonly dueOn: IsoDate;
  } | null;
};

export type AnalyticsTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

export type ParticipantShape = {
  readonly participantId: Id;
  readonly kind: 'client' | 'coach' | 'sponsor' | 'staff';
  readonly name: string | null;
  readonly email: string | null;
};

export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  readonly position: string | null;
  readonly lagEvents: number;
  readonly lagMs: number;
  readonly parked: number;
  readonly state: 'live' | 'rebuilding' | 'stopped';
  readonly reader: {
    readonly state: 'live' | 'catching-up' | 'reconnecting';
    readonly since: Instant;
    readonly attempts: number;
    readonly lastError: string | null;
  };
};
