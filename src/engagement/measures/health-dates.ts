import { addDays, daysBetween, later } from '../calendar';
import type { Engagement, Goal, Milestone } from '../engagement';
import { isOpenMilestone } from '../engagement';
import type { IsoDate } from '../values';
import { isActiveOn } from './active-goal';
import { openDays } from './barriers';
import type { FiredRule } from './fired-rule';

/** Slips of up to so many days, and severe barriers open for so long, are borne. */
const DAYS_BORNE = 14;
const SEVERE = 4;

/** Open milestones of active goals past their current date. */
export function overdue(engagement: Engagement, asOf: IsoDate): readonly FiredRule[] {
  return openMilestones(engagement, asOf).flatMap(({ milestone, goal }): readonly FiredRule[] => {
    const { milestoneId, dueOn } = milestone;
    if (asOf <= dueOn) return [];
    return [{ rule: 'overdue', level: 'attention', about: milestoneId, since: firstDay(dueOn, 0, goal), dueOn }];
  });
}

/** Open milestones of active goals more than 14 days past the date that was agreed first. */
export function slipping(engagement: Engagement, asOf: IsoDate): readonly FiredRule[] {
  return openMilestones(engagement, asOf).flatMap(({ milestone, goal }): readonly FiredRule[] => {
    const { milestoneId, baselineDueOn } = milestone;
    if (baselineDueOn === null) return [];
    const days = daysBetween(baselineDueOn, asOf);
    if (days <= DAYS_BORNE) return [];
    const since = firstDay(baselineDueOn, DAYS_BORNE, goal);
    return [{ rule: 'slipping', level: 'attention', about: milestoneId, since, baselineDueOn, days }];
  });
}

/** Barriers of severity 4 or 5 that have been open for more than 14 days in all. */
export function blocked({ barriers }: Engagement, asOf: IsoDate): readonly FiredRule[] {
  return Object.values(barriers).flatMap((barrier): readonly FiredRule[] => {
    const reopenedOn = barrier.openStretches.at(-1)?.from;
    const days = openDays(barrier, asOf);
    if (barrier.state !== 'open' || barrier.severity < SEVERE || days <= DAYS_BORNE) return [];
    if (reopenedOn === undefined || reopenedOn > asOf) return [];
    const daysLeft = DAYS_BORNE + 1 - openDays(barrier, reopenedOn);
    const since = addDays(reopenedOn, Math.max(0, daysLeft));
    return [{ rule: 'blocked', level: 'at-risk', about: barrier.barrierId, since, severity: barrier.severity, days }];
  });
}

function openMilestones(
  { goals, milestones }: Engagement,
  asOf: IsoDate,
): readonly { milestone: Milestone; goal: Goal }[] {
  return Object.values(milestones).flatMap((milestone) => {
    const goal = goals[milestone.goalId];
    return goal && isActiveOn(goal, asOf) && isOpenMilestone(milestone) ? [{ milestone, goal }] : [];
  });
}

/** The first day more than `borne` days past the date on which the goal was active as well. */
function firstDay(date: IsoDate, borne: number, goal: Goal): IsoDate {
  return later(addDays(date, borne + 1), goal.activeSince ?? goal.startOn);
}
