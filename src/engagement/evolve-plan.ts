import type { Engagement, Goal } from './engagement';
import { changeThing, changeThings, dropMilestone, dropOpenWorkOf, placeMilestone, withThing } from './evolve-things';
import type { PlanChange } from './plan-changes';
import type { ActionDetails, GoalDetails, IsoDate } from './values';

/** A goal that was set, on the day it was. */
export function activeGoal(details: GoalDetails, on: IsoDate): Goal {
  return {
    ...details,
    lifecycle: 'active',
    dropOutcome: null,
    baselineDueOn: null,
    retargets: 0,
    activeSince: on,
  };
}

/** With an action under its milestone; unchanged when the milestone is not there. */
export function addAction(state: Engagement, details: ActionDetails): Engagement {
  if (!state.milestones[details.milestoneId]) return state;
  return withThing(state, 'actions', details.actionId, {
    ...details,
    state: 'open',
    baselineDueOn: null,
    completedOn: null,
  });
}

/** The due dates of everything in the plan become its baseline. */
export function fixBaseline(state: Engagement): Engagement {
  const inPlan = (goal: Goal): boolean => ['active', 'on-hold', 'completed'].includes(goal.lifecycle);
  const goals = changeThings(state, 'goals', inPlan, ({ dueOn }) => ({ baselineDueOn: dueOn }));
  const milestones = changeThings(
    goals,
    'milestones',
    (milestone) => milestone.state !== 'dropped',
    ({ dueOn }) => ({ baselineDueOn: dueOn }),
  );
  return changeThings(
    milestones,
    'actions',
    (action) => action.state !== 'dropped',
    ({ dueOn }) => ({ baselineDueOn: dueOn }),
  );
}

/** The state with one change of the plan made; a change of a thing that is not there is left out. */
export function applyPlanChange(state: Engagement, change: PlanChange, effectiveOn: IsoDate): Engagement {
  switch (change.op) {
    case 'goal-added':
      return withThing(state, 'goals', change.goal.goalId, activeGoal(change.goal, effectiveOn));
    case 'goal-redated':
      return changeThing(state, 'goals', change.goalId, {
        ...change.to,
        datesOverrideReason: change.datesOverrideReason,
      });
    case 'goal-retargeted':
      return changeThing(state, 'goals', change.goalId, {
        // A goal that was measured and is now scored, or the other way round, loses what it was measured by.
        ...('measure' in change.from ? { measure: null } : { attainmentScale: null }),
        ...change.to,
        retargets: (state.goals[change.goalId]?.retargets ?? 0) + 1,
      });
    case 'goal-reweighted':
      return changeThing(state, 'goals', change.goalId, { weight: change.to });
    case 'goal-redefined':
      return changeThing(state, 'goals', change.goalId, change.to);
    case 'goal-dropped':
      return changeThing(dropOpenWorkOf(state, change.goalId, effectiveOn), 'goals', change.goalId, {
        lifecycle: 'cancelled',
        dropOutcome: change.outcome,
      });
    case 'milestone-added':
      return placeMilestone(state, change.milestone);
    case 'milestone-redated':
      return changeThing(state, 'milestones', change.milestoneId, { dueOn: change.to });
    case 'milestone-redefined':
      return changeThing(state, 'milestones', change.milestoneId, change.to);
    case 'milestone-reordered':
      return change.to.reduce(
        (result, milestoneId, index) => changeThing(result, 'milestones', milestoneId, { order: index + 1 }),
        state,
      );
    case 'milestone-dropped':
      return dropMilestone(state, change.milestoneId, effectiveOn);
    case 'action-added':
      return addAction(state, change.action);
    case 'action-redated':
      return changeThing(state, 'actions', change.actionId, { dueOn: change.to });
    case 'action-reassigned':
      return changeThing(state, 'actions', change.actionId, { owner: change.to });
    case 'action-redefined':
      return changeThing(state, 'actions', change.actionId, change.to);
    case 'action-dropped':
      return changeThing(state, 'actions', change.actionId, { state: 'dropped' });
    case 'resource-changed':
      return changeThing(state, 'resources', change.resourceId, change.to);
    default:
      return change satisfies never;
  }
}
