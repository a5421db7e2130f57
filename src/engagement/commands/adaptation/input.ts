import type { PlanChange } from '../../plan-changes';
import type { GoalDetails, Id } from '../../values';
import type { PlanMilestone } from '../plan-milestone';

/** A plan change as it is asked for: what it adds is not looked up, its place not resolved yet. */
export type PlanChangeInput =
  | Exclude<PlanChange, { readonly op: 'goal-added' | 'milestone-added' }>
  /** A new goal, or a proposed one by its id: one of the two is null. */
  | { readonly op: 'goal-added'; readonly goal: GoalDetails; readonly goalId: null }
  | { readonly op: 'goal-added'; readonly goal: null; readonly goalId: Id }
  | { readonly op: 'milestone-added'; readonly milestone: PlanMilestone };
