import type { Goal } from '../engagement';
import type { IsoDate } from '../values';

/** Whether the goal is active on the day, for a day of the stretch since it last became so. */
export function isActiveOn(goal: Goal, day: IsoDate): boolean {
  return goal.lifecycle === 'active' && goal.activeSince !== null && goal.activeSince <= day;
}
