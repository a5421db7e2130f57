import { type CommandRule, refuse, type Refusal } from '../decision';
import type { Goal } from '../engagement';
import type { EngagementEventData } from '../events';
import { inTheFuture } from './checks/dates';
import { notTheRater, unknownObservation } from './checks/observations';
import { mustBe } from './checks/states';

/** Records a value of the goal's measure, as its rater observed it. */
export type RecordProgress = EngagementEventData['ProgressRecorded'];

export const recordProgress: CommandRule<RecordProgress> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  references: ({ corrects }) => (corrects === null ? [] : [corrects]),
  forbids: (state, { rater }, context) => notTheRater(state, rater, context),
  decide: (state, data, context) => {
    const goal = state.goals[data.goalId];
    return (
      unknownObservation('ProgressRecorded', data, context) ??
      mustBe('goal', goal?.lifecycle, ['active', 'on-hold', 'completed'], 'observed') ??
      withoutMeasure(goal) ??
      inTheFuture(data.observedOn, context, 'observedOn') ?? [{ type: 'ProgressRecorded', data }]
    );
  },
};

function withoutMeasure(goal: Goal | undefined): Refusal | undefined {
  return goal?.measure
    ? undefined
    : refuse('goal-has-no-measure', 'The goal has no measure: score its attainment scale (POST …/attainment).');
}
