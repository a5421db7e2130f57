import { addDays, daysBetween, later } from '../calendar';
import type { Engagement, Goal } from '../engagement';
import { milestonesOf } from '../engagement';
import type { IsoDate } from '../values';
import { isActiveOn } from './active-goal';
import type { FiredRule } from './fired-rule';

/** More of an active goal's time has passed than of its milestones is reached; at risk when less than half of that. */
export function behind({ goals, milestones }: Engagement, asOf: IsoDate): readonly FiredRule[] {
  return Object.values(goals).flatMap((goal): readonly FiredRule[] => {
    const inScope = milestonesOf(milestones, goal.goalId);
    const duration = daysBetween(goal.startOn, goal.dueOn);
    if (!isActiveOn(goal, asOf) || inScope.length === 0 || duration <= 0) return [];
    const reachedOn = inScope
      .flatMap((milestone) => (milestone.reachedOn === null ? [] : [milestone.reachedOn]))
      .filter((day) => day <= asOf)
      .sort();
    const elapsed = Math.min(1, daysBetween(goal.startOn, asOf) / duration);
    const done = reachedOn.length / inScope.length;
    if (elapsed <= done) return [];
    const level = done < elapsed / 2 ? 'at-risk' : 'attention';
    const since = later(behindSince(goal, duration, inScope.length, reachedOn), goal.activeSince ?? goal.startOn);
    return [{ rule: 'behind', level, about: goal.goalId, since, elapsed, done }];
  });
}

/** Back through the days on which milestones were reached, as long as the goal was behind before each of them too. */
function behindSince(goal: Goal, duration: number, inScope: number, reachedOn: readonly IsoDate[]): IsoDate {
  // With so many reached, the first day on which (days passed ÷ duration) exceeds (reached ÷ in scope).
  const behindWith = (reached: number): IsoDate =>
    addDays(goal.startOn, Math.floor((reached * duration) / inScope) + 1);
  let since = behindWith(reachedOn.length);
  let day = reachedOn.at(-1);
  while (day !== undefined && since <= day) {
    const before = reachedOn.slice(0, reachedOn.indexOf(day));
    if (behindWith(before.length) >= day) return day;
    since = behindWith(before.length);
    day = before.at(-1);
  }
  return since;
}
