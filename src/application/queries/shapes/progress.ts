import type { Achievement, Id, IsoDate, Lifecycle, Rater } from '../../../engagement/values';
import type { Health } from './health';
import type { MilestoneStateName } from './plan';

type Completion = {
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
