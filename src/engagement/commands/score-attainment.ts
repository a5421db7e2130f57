import { type CommandRule, refuse, type Refusal } from '../decision';
import type { Goal } from '../engagement';
import type { EngagementEventData } from '../events';
import { inTheFuture } from './checks/dates';
import { notTheRater, unknownObservation } from './checks/observations';
import { mustBe } from './checks/states';

/** Scores the goal on its attainment scale, as its rater sees it. */
export type ScoreAttainment = EngagementEventData['GoalAttainmentScored'];

export const scoreAttainment: CommandRule<ScoreAttainment> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ goalId }) => ({ kind: 'goals', id: goalId }),
  references: ({ corrects }) => (corrects === null ? [] : [corrects]),
  forbids: (state, { rater }, context) => notTheRater(state, rater, context),
  decide: (state, data, context) => {
    const goal = state.goals[data.goalId];
    return (
      unknownObservation('GoalAttainmentScored', data, context) ??
      mustBe('goal', goal?.lifecycle, ['active', 'on-hold', 'completed'], 'scored') ??
      withoutScale(goal) ??
      inTheFuture(data.observedOn, context, 'observedOn') ?? [{ type: 'GoalAttainmentScored', data }]
    );
  },
};

function withoutScale(goal: Goal | undefined): Refusal | undefined {
  return goal?.attainmentScale
    ? undefined
    : refuse('goal-has-no-scale', 'The goal has no attainment scale: record its progress (POST …/progress).');
}
