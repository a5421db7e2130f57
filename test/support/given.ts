import type { ActionDetails, GoalDetails, MilestoneDetails } from '../../src/engagement/values';

/** A goal, a milestone and an action to give to a spec, with what matters there said over. */
export const givenGoal = (over: Partial<GoalDetails> & Pick<GoalDetails, 'goalId'>): GoalDetails => ({
  specific: 'Lead a team',
  measure: { metric: 'people', unit: 'heads', baseline: 0, target: 5, direction: 'increase' },
  attainmentScale: null,
  achievability: { confidence: 7, rationale: null },
  relevance: 'Growth',
  startOn: '2026-03-01',
  dueOn: '2026-09-01',
  datesOverrideReason: null,
  source: 'client',
  weight: 1,
  rank: null,
  ...over,
});

export const givenMilestone = (
  over: Partial<MilestoneDetails> & Pick<MilestoneDetails, 'milestoneId'>,
): MilestoneDetails => ({
  goalId: 'g1',
  title: 'First talk',
  criterion: 'It was held',
  dueOn: '2026-06-01',
  order: 1,
  ...over,
});

export const givenAction = (over: Partial<ActionDetails> & Pick<ActionDetails, 'actionId'>): ActionDetails => ({
  milestoneId: 'm1',
  title: 'Write it',
  owner: 'client',
  dueOn: '2026-05-01',
  commitment: null,
  ...over,
});
