import { daysBetween } from '../calendar';
import type { Milestone } from '../engagement';
import type { IsoDate } from '../values';

/** Days, below zero when early. `baseline` is null for what was added after the agreement, and before it. */
export type Slippage = { readonly baseline: number | null; readonly current: number };

/** (reachedOn, or the as-of date while open) − due, against both due dates; of a dropped one, up to that day. */
export function slippageOf(milestone: Milestone, asOf: IsoDate): Slippage {
  const until = milestone.reachedOn ?? milestone.droppedOn ?? asOf;
  return {
    baseline: milestone.baselineDueOn === null ? null : daysBetween(milestone.baselineDueOn, until),
    current: daysBetween(milestone.dueOn, until),
  };
}

export type OnTime = { readonly reached: number; readonly onTimeBaseline: number; readonly onTimeCurrent: number };

/** How many of the milestones that were reached were so by their due dates, the agreed one and the current one. */
export function onTimeOf(milestones: readonly Milestone[], asOf: IsoDate): OnTime {
  const slips = milestones
    .filter((milestone) => milestone.state === 'reached')
    .map((milestone) => slippageOf(milestone, asOf));
  return {
    reached: slips.length,
    onTimeBaseline: slips.filter(({ baseline }) => baseline !== null && baseline <= 0).length,
    onTimeCurrent: slips.filter(({ current }) => current <= 0).length,
  };
}
