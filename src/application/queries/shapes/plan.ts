import type { PlanChange } from '../../../engagement/plan-changes';
import type {
  Achievement,
  BarrierCategory,
  GoalBody,
  Id,
  Instant,
  IsoDate,
  Lifecycle,
  Money,
  PartyName,
  ReasonCode,
  ResourceKind,
} from '../../../engagement/values';
import type { Actor } from './people';
import type { HistoryItem } from './record';

export type MilestoneStateName = 'planned' | 'reached' | 'missed' | 'dropped';

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
