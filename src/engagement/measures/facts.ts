import type { Engagement } from '../engagement';
import type { PastEngagementEvent } from '../events';
import { evolve } from '../evolve';
import type { Id, IsoDate, Rater } from '../values';

/** An observation of a goal: a value of its measure, or a level of its scale. */
export type Observation = {
  readonly eventId: Id;
  readonly goalId: Id;
  readonly kind: 'value' | 'level';
  readonly value: number;
  readonly observedOn: IsoDate;
  readonly rater: Rater;
  /** How often the goal had been retargeted before it: it counts towards that target only. */
  readonly retargets: number;
  /** Whether a later observation corrects it; it no longer counts then. */
  readonly corrected: boolean;
};

/** What the measures are computed from. `observations` are in stream order. */
export type Facts = { readonly engagement: Engagement; readonly observations: readonly Observation[] };

/**
 * Folds the events, in stream order, into the facts; null when the engagement was not proposed in them. Total: an
 * observation of a goal that is not there is left out.
 */
export function foldFacts(events: Iterable<PastEngagementEvent>): Facts | null {
  let engagement: Engagement | null = null;
  const observations: Observation[] = [];
  for (const event of events) {
    engagement = evolve(engagement, event);
    const observation = engagement && observationIn(engagement, event);
    if (!observation) continue;
    if (observation.corrects !== null) markCorrected(observations, observation.corrects);
    observations.push(observation.made);
  }
  return engagement && { engagement, observations };
}

function observationIn(
  engagement: Engagement,
  event: PastEngagementEvent,
): { made: Observation; corrects: Id | null } | null {
  if (event.type !== 'ProgressRecorded' && event.type !== 'GoalAttainmentScored') return null;
  const goal = engagement.goals[event.data.goalId];
  if (!goal) return null;
  const { goalId, observedOn, rater, corrects } = event.data;
  const measured =
    event.type === 'ProgressRecorded'
      ? { kind: 'value' as const, value: event.data.value }
      : { kind: 'level' as const, value: event.data.level };
  const made = {
    eventId: event.eventId,
    goalId,
    ...measured,
    observedOn,
    rater,
    retargets: goal.retargets,
    corrected: false,
  };
  return { made, corrects };
}

function markCorrected(observations: Observation[], eventId: Id): void {
  const index = observations.findIndex((observation) => observation.eventId === eventId);
  const corrected = observations[index];
  if (corrected) observations[index] = { ...corrected, corrected: true };
}
