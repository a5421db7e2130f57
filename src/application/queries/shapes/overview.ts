import type { EngagementStateName } from '../../../engagement/engagement';
import type {
  Achievement,
  Disclosable,
  GoalSource,
  Id,
  Instant,
  IsoDate,
  Lifecycle,
  PartyName,
} from '../../../engagement/values';
import type { Health } from './health';
import type { Party } from './people';

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

type VisionShape = {
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

type OpenCounts = { readonly milestones: number; readonly actions: number; readonly barriers: number };

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
