import type { Goal } from '../engagement';
import type { Achievement, IsoDate } from '../values';
import type { Facts, Observation } from './facts';
import { countedObservations } from './observations';

/** How far the goal has come, as FHIR's `Goal.achievementStatus` says it; derived, never set. */
export function achievementOf(facts: Facts, goal: Goal, asOf: IsoDate): Achievement {
  switch (goal.lifecycle) {
    case 'completed':
      return 'achieved';
    case 'cancelled':
      return goal.dropOutcome === 'not-attainable' ? 'not-attainable' : 'not-achieved';
    case 'proposed':
    case 'rejected':
      return 'in-progress';
    case 'active':
    case 'on-hold':
      return fromObservations(goal, countedObservations(facts, asOf, { goalId: goal.goalId }), asOf);
    default:
      return goal.lifecycle satisfies never;
  }
}

function fromObservations(goal: Goal, observations: readonly Observation[], asOf: IsoDate): Achievement {
  if (observations.length === 0) return asOf >= goal.dueOn ? 'no-progress' : 'in-progress';
  const sinceRetarget = observations.filter(({ retargets }) => retargets === goal.retargets);
  const newest = sinceRetarget.at(-1);
  const older = sinceRetarget.filter(({ rater, kind }) => rater === newest?.rater && kind === newest.kind).at(-2);
  return newest && older ? trend(goal, older, newest) : 'in-progress';
}

/** Of two observations of one kind. */
function trend(goal: Goal, older: Observation, newest: Observation): Achievement {
  // The outcome that was expected is the level 0; more is better, as with a measure that is to increase.
  const target = newest.kind === 'level' ? 0 : goal.measure?.target;
  const towards = newest.kind === 'value' && goal.measure?.direction === 'decrease' ? -1 : 1;
  const meets = ({ value }: Observation): boolean => target !== undefined && (value - target) * towards >= 0;
  if (meets(older) && meets(newest)) return 'sustaining';
  const gain = (newest.value - older.value) * towards;
  if (gain === 0) return 'no-change';
  return gain > 0 ? 'improving' : 'worsening';
}
