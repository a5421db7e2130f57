import type { Milestone } from '../engagement';

/** Milestones reached and in scope, of the plan as it stands and of the plan as it was agreed. */
export type Completion = {
  readonly reached: number;
  readonly inScope: number;
  readonly baselineReached: number;
  readonly baselineScope: number;
  /** reached ÷ inScope, from 0 to 1; null when nothing is in scope. */
  readonly current: number | null;
  /** baselineReached ÷ baselineScope, likewise; null before the plan was agreed. */
  readonly baseline: number | null;
};

/** What was dropped is out of the current scope, what was added after the agreement is not in the baseline's. */
export function completionOf(milestones: readonly Milestone[]): Completion {
  const current = milestones.filter((milestone) => milestone.state !== 'dropped');
  const baseline = milestones.filter((milestone) => milestone.baselineDueOn !== null);
  const reached = reachedOf(current);
  const baselineReached = reachedOf(baseline);
  return {
    reached,
    inScope: current.length,
    baselineReached,
    baselineScope: baseline.length,
    current: ratio(reached, current.length),
    baseline: ratio(baselineReached, baseline.length),
  };
}

function reachedOf(milestones: readonly Milestone[]): number {
  return milestones.filter((milestone) => milestone.state === 'reached').length;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
