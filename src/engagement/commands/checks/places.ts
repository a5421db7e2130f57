import { type Engagement, milestonesOf } from '../../engagement';
import type { Id } from '../../values';

/** The place of a new milestone within its goal: the one that is asked for, else after the last. */
export function placeOf(state: Engagement, milestone: { readonly goalId: Id; readonly order: number | null }): number {
  return milestone.order ?? (milestonesOf(state.milestones, milestone.goalId).at(-1)?.order ?? 0) + 1;
}
