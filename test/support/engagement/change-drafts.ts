import fc from 'fast-check';
import type { PlanChangeInput } from '../../../src/engagement/commands';
import { type Engagement, milestonesOf } from '../../../src/engagement/engagement';
import type { PlanChange } from '../../../src/engagement/plan-changes';
import { actions, dates, goals, milestones, money, pools, someDay } from './pools';
import { measure, scale } from './samples';

/** A random change of the plan, its `from` still to be read from the plan. */
export type ChangeDraft = (state: Engagement) => PlanChangeInput;

const nowhere = { startOn: '2000-01-01', dueOn: '2000-01-02' };

const redatedGoal: fc.Arbitrary<ChangeDraft> = fc
  .tuple(pools.goal, dates)
  .map(([goalId, [startOn, dueOn]]) => (state) => {
    const goal = state.goals[goalId] ?? nowhere;
    const from = { startOn: goal.startOn, dueOn: goal.dueOn };
    return { op: 'goal-redated', goalId, from, to: { startOn, dueOn }, datesOverrideReason: null };
  });

const retargeted: fc.Arbitrary<ChangeDraft> = fc
  .tuple(pools.goal, fc.boolean(), fc.boolean())
  .map(([goalId, isMeasured, staysSo]) => (state) => {
    const goal = state.goals[goalId];
    const from = isMeasured
      ? { measure: goal?.measure ?? measure }
      : { attainmentScale: goal?.attainmentScale ?? scale };
    const to = isMeasured === staysSo ? { measure: { ...measure, target: 99 } } : { attainmentScale: scale };
    return { op: 'goal-retargeted', goalId, from, to };
  });

const reordered: fc.Arbitrary<ChangeDraft> = pools.goal.map((goalId) => (state) => {
  const from = milestonesOf(state.milestones, goalId).map(({ milestoneId }) => milestoneId);
  return { op: 'milestone-reordered', goalId, from, to: [...from].reverse() };
});

const drafts: Readonly<Record<PlanChange['op'], fc.Arbitrary<ChangeDraft>>> = {
  'goal-added': fc.tuple(goals, fc.boolean()).map(
    ([goal, isProposed]) =>
      () =>
        isProposed ? { op: 'goal-added', goal: null, goalId: goal.goalId } : { op: 'goal-added', goal, goalId: null },
  ),
  'goal-redated': redatedGoal,
  'goal-retargeted': retargeted,
  'goal-reweighted': fc.tuple(pools.goal, fc.constantFrom(0, 3)).map(([goalId, to]) => (state) => ({
    op: 'goal-reweighted',
    goalId,
    from: state.goals[goalId]?.weight ?? 1,
    to,
  })),
  'goal-redefined': pools.goal.map((goalId) => (state) => {
    const { specific = '', relevance = '' } = state.goals[goalId] ?? {};
    return { op: 'goal-redefined', goalId, from: { specific, relevance }, to: { specific: 'Other', relevance } };
  }),
  'goal-dropped': fc
    .tuple(pools.goal, fc.constantFrom('no-longer-wanted', 'not-attained', 'not-attainable'))
    .map(([goalId, outcome]) => () => ({ op: 'goal-dropped', goalId, outcome })),
  'milestone-added': milestones.map((milestone) => () => ({ op: 'milestone-added', milestone })),
  'milestone-redated': fc.tuple(pools.milestone, someDay).map(([milestoneId, to]) => (state) => ({
    op: 'milestone-redated',
    milestoneId,
    from: state.milestones[milestoneId]?.dueOn ?? '2000-01-01',
    to,
  })),
  'milestone-redefined': pools.milestone.map((milestoneId) => (state) => {
    const { title = '', criterion = '' } = state.milestones[milestoneId] ?? {};
    return { op: 'milestone-redefined', milestoneId, from: { title, criterion }, to: { title: 'Other', criterion } };
  }),
  'milestone-reordered': reordered,
  'milestone-dropped': pools.milestone.map((milestoneId) => () => ({ op: 'milestone-dropped', milestoneId })),
  'action-added': actions.map((action) => () => ({ op: 'action-added', action })),
  'action-redated': fc.tuple(pools.action, someDay).map(([actionId, to]) => (state) => ({
    op: 'action-redated',
    actionId,
    from: state.actions[actionId]?.dueOn ?? '2000-01-01',
    to,
  })),
  'action-reassigned': pools.action.map((actionId) => (state) => ({
    op: 'action-reassigned',
    actionId,
    from: state.actions[actionId]?.owner ?? 'client',
    to: 'coach',
  })),
  'action-redefined': pools.action.map((actionId) => (state) => ({
    op: 'action-redefined',
    actionId,
    from: { title: state.actions[actionId]?.title ?? '' },
    to: { title: 'Other' },
  })),
  'action-dropped': pools.action.map((actionId) => () => ({ op: 'action-dropped', actionId })),
  'resource-changed': fc.tuple(pools.resource, fc.option(money)).map(([resourceId, budget]) => (state) => {
    const { description = '', budget: old = null } = state.resources[resourceId] ?? {};
    return { op: 'resource-changed', resourceId, from: { description, budget: old }, to: { description, budget } };
  }),
};

export const changeDrafts: fc.Arbitrary<ChangeDraft> = fc.oneof(...Object.values(drafts));
