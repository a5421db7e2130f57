import { daysBetween } from '../calendar';
import type { Goal } from '../engagement';
import type { Id, IsoDate, Rater } from '../values';
import type { Facts, Observation } from './facts';
import { countedObservations } from './observations';

/** The assumed correlation between the scales of one person's goals (Kiresuk and Sherman, 1968). */
const RHO = 0.3;
const RATERS: readonly Rater[] = ['client', 'coach'];

export type Scored = {
  /** −2 to +2. */
  readonly level: number;
  /** ≥ 0. */
  readonly weight: number;
};

/**
 * Goal Attainment Scaling's T (Kiresuk and Sherman, 1968): 50 when every goal came out as expected, with a standard
 * deviation of 10. Weights that are all zero count as ones. Null without a goal.
 */
export function tScore(goals: readonly Scored[]): number | null {
  if (goals.length === 0) return null;
  // Only their ratios count; the greatest made 1, the square of none that matters is too small for a number.
  const greatest = goals.reduce((most, { weight }) => Math.max(most, weight), 0);
  let weights = 0;
  let squares = 0;
  let weighted = 0;
  for (const { level, weight } of goals) {
    const w = greatest === 0 ? 1 : weight / greatest;
    weights += w;
    squares += w * w;
    weighted += w * level;
  }
  return 50 + (10 * weighted) / Math.sqrt((1 - RHO) * squares + RHO * weights * weights);
}

export type RaterAttainment = {
  readonly rater: Rater;
  /** How many goals are in both scores. */
  readonly goals: number;
  readonly baseline: number | null;
  readonly now: number | null;
  readonly change: number | null;
};

/**
 * T of each rater that scored, from the first and from the last score of each goal, by the goals' weights as they are
 * now. The raters' scores are never mixed.
 */
export function attainmentByRater(facts: Facts, asOf: IsoDate): readonly RaterAttainment[] {
  const scores = countedObservations(facts, asOf, { kind: 'level' });
  return RATERS.flatMap((rater) => {
    const series = Object.values(facts.engagement.goals)
      .filter(isScored)
      .map(({ goalId, weight }) => ({ weight, ...ends(ofRater(scores, rater, goalId)) }));
    const first = series.flatMap(({ weight, first }) => (first ? [{ weight, level: first.value }] : []));
    const last = series.flatMap(({ weight, last }) => (last ? [{ weight, level: last.value }] : []));
    const baseline = tScore(first);
    const now = tScore(last);
    return baseline === null || now === null
      ? []
      : [{ rater, goals: last.length, baseline, now, change: now - baseline }];
  });
}

export type GoalAttainment = {
  readonly rater: Rater;
  readonly baseline: number;
  readonly level: number;
  readonly observedOn: IsoDate;
  /** From the first score to the last. */
  readonly followUpDays: number;
};

/** One goal's first and last level, for each rater that scored it. */
export function goalAttainment(facts: Facts, goalId: Id, asOf: IsoDate): readonly GoalAttainment[] {
  const scores = countedObservations(facts, asOf, { goalId, kind: 'level' });
  return RATERS.flatMap((rater) => {
    const { first, last } = ends(ofRater(scores, rater, goalId));
    if (!first || !last) return [];
    const { observedOn } = last;
    const followUpDays = daysBetween(first.observedOn, observedOn);
    return [{ rater, baseline: first.value, level: last.value, observedOn, followUpDays }];
  });
}

/** Set once, and not dropped for being no longer wanted: what was given up as not attained counts. */
function isScored(goal: Goal): boolean {
  return goal.activeSince !== null && goal.dropOutcome !== 'no-longer-wanted';
}

function ofRater(scores: readonly Observation[], rater: Rater, goalId: Id): readonly Observation[] {
  return scores.filter((score) => score.rater === rater && score.goalId === goalId);
}

function ends<T>(series: readonly T[]): { first: T | undefined; last: T | undefined } {
  return { first: series.at(0), last: series.at(-1) };
}
