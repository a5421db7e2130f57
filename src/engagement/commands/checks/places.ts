import { type Engagement, milestonesOf } from '../../engagement';
import type { Id } from '../../values';

/**
 * The place of a new milestone within its goal: the one that is asked for, else after the last. The last may stand
 * beyond the greatest place that can be asked for, since a taken one shifts those behind it.
 */
export function placeOf(state: Engagement, milestone: { readonly goalId: Id; readonly order: number | null }): number {
  return milestone.order ?? (milestonesOf(state.milestones, milestone.goalId).at(-1)?.order ?? 0) + 1;
}
