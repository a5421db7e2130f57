/** The words of coaching that events, commands and state share. */

/** A UUID. */
export type Id = string;
/** A calendar date, `YYYY-MM-DD`. */
export type IsoDate = string;
/** An instant in UTC with milliseconds, `2026-03-01T09:30:00.000Z`. */
export type Instant = string;

export type PartyName = 'client' | 'coach' | 'sponsor';
type StaffRole = 'supervisor' | 'auditor' | 'admin';
export type Role = PartyName | StaffRole;
export type Rater = 'client' | 'coach';

export type Disclosable = 'goals' | 'progress' | 'attendance';

/** `amount` is a decimal string with two places; never a float. `currency` is an ISO 4217 code. */
export type Money = { readonly amount: string; readonly currency: string };

export type Measure = {
  readonly metric: string;
  readonly unit: string;
  readonly baseline: number;
  readonly target: number;
  readonly direction: 'increase' | 'decrease';
};

/** −2 much less than expected, 0 the expected outcome, +2 much more than expected (Kiresuk and Sherman, 1968). */
export type AttainmentLevel = -2 | -1 | 0 | 1 | 2;
/** All five levels, each described. */
export type AttainmentScale = readonly { readonly level: AttainmentLevel; readonly description: string }[];

export type GoalSource = 'client' | 'coach' | 'joint' | 'sponsor';

/** A goal with all five SMART parts; at least one of `measure` and `attainmentScale` is there. */
export type GoalBody = {
  readonly specific: string;
  readonly measure: Measure | null;
  readonly attainmentScale: AttainmentScale | null;
  /** `confidence` is a whole number from 0 to 10. */
  readonly achievability: { readonly confidence: number; readonly rationale: string | null };
  readonly relevance: string;
  readonly startOn: IsoDate;
  readonly dueOn: IsoDate;
  /** Why the goal may lie outside the engagement's dates. */
  readonly datesOverrideReason: string | null;
  readonly source: GoalSource;
  /** 0 to 100. */
  readonly weight: number;
  /** 1 is first. */
  readonly rank: number | null;
};

export type GoalDetails = GoalBody & { readonly goalId: Id };

export type MilestoneDetails = {
  readonly milestoneId: Id;
  readonly goalId: Id;
  readonly title: string;
  readonly criterion: string;
  readonly dueOn: IsoDate;
  /** Counts from 1 within the goal; a place that is taken shifts the rest. */
  readonly order: number;
};

export type ActionDetails = {
  readonly actionId: Id;
  readonly milestoneId: Id;
  readonly title: string;
  readonly owner: PartyName;
  readonly dueOn: IsoDate;
  /** 1 to 10. */
  readonly commitment: number | null;
};

/** FHIR Goal.lifecycleStatus, as far as coaching needs it. */
export type Lifecycle = 'proposed' | 'active' | 'on-hold' | 'completed' | 'cancelled' | 'rejected';

/** FHIR Goal.achievementStatus. */
export type Achievement =
  | 'in-progress'
  | 'improving'
  | 'worsening'
  | 'no-change'
  | 'achieved'
  | 'sustaining'
  | 'not-achieved'
  | 'no-progress'
  | 'not-attainable';

export type DropOutcome = 'no-longer-wanted' | 'not-attained' | 'not-attainable';

/** What becomes of a milestone when its goal ends. */
export type MilestoneFate = 'reached' | 'dropped';

export type ResourceKind = 'skill' | 'network' | 'funding' | 'time' | 'tool';
export type BarrierCategory = 'internal' | 'external' | 'skill' | 'resource' | 'relationship';
export type NoteVisibility = 'coach-private' | 'shared';

export type ReasonCode =
  | 'circumstances'
  | 'opportunity'
  | 'barrier'
  | 'setback'
  | 'learning'
  | 'reprioritised'
  | 'sponsor-request'
  | 'data-correction';
