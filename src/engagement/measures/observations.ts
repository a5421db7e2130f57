import type { Id, IsoDate } from '../values';
import type { Facts, Observation } from './facts';

/**
 * The observations that count up to the day `asOf`, in the order in which they were made: by `observedOn`, those of one
 * day as they stand in the stream. One that a later one corrects does not count.
 */
export function countedObservations(
  facts: Facts,
  asOf: IsoDate,
  which: { readonly goalId?: Id; readonly kind?: Observation['kind'] } = {},
): readonly Observation[] {
  return facts.observations
    .filter(
      (one) =>
        !one.corrected &&
        one.observedOn <= asOf &&
        (which.goalId === undefined || one.goalId === which.goalId) &&
        (which.kind === undefined || one.kind === which.kind),
    )
    .sort((a, b) => (a.observedOn === b.observedOn ? 0 : a.observedOn < b.observedOn ? -1 : 1));
}

/** The newest value of the goal's measure, whoever observed it; null when there is none up to the day. */
export function latestValue(facts: Facts, goalId: Id, asOf: IsoDate): Observation | null {
  return countedObservations(facts, asOf, { goalId, kind: 'value' }).at(-1) ?? null;
}
