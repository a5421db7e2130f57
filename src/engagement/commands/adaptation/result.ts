import { type Engagement, isOpenAction, isOpenGoal, isOpenMilestone } from '../../engagement';
import type { PlanChange } from '../../plan-changes';
import type { Refusal } from '../../refusal';
import type { Id } from '../../values';
import { actionDates, goalDates, milestoneDates } from '../checks/dates';
import { tooManyActiveGoals } from '../checks/goals';
import { firstRefusal } from '../checks/references';

/**
 * Judges what an adaptation leaves: the cap where it adds goals, and the dates of all that is open and that it added or
 * redated, or whose goal or milestone it did. `state` is the plan after all changes. A refusal names the change at fault.
 */
export function refusalOfResult(state: Engagement, changes: readonly PlanChange[], cap: number): Refusal | undefined {
  const touched = new Map(changes.map((change, index) => [datedBy(change), index] as const));
  const addsGoals = changes.some(({ op }) => op === 'goal-added');
  return (
    (addsGoals ? tooManyActiveGoals(state, cap, 0) : undefined) ??
    goalsOf(state, touched) ??
    milestonesAndActionsOf(state, touched)
  );
}

/** The thing whose dates a change sets. */
function datedBy(change: PlanChange): Id | null {
  switch (change.op) {
    case 'goal-added':
      return change.goal.goalId;
    case 'goal-redated':
      return change.goalId;
    case 'milestone-added':
      return change.milestone.milestoneId;
    case 'milestone-redated':
      return change.milestoneId;
    case 'action-added':
      return change.action.actionId;
    case 'action-redated':
      return change.actionId;
    default:
      return null;
  }
}

/** The index of the change that set the dates of each thing. */
type Touched = ReadonlyMap<Id | null, number>;

function goalsOf(state: Engagement, touched: Touched): Refusal | undefined {
  const goals = Object.values(state.goals).filter((goal) => isOpenGoal(goal) && touched.has(goal.goalId));
  return firstRefusal(goals, (goal) => atChange(touched.get(goal.goalId), goalDates(state, goal)));
}

/** The refusal, with the change that it is about as its path. */
function atChange(index: number | undefined, refusal: Refusal | undefined): Refusal | undefined {
  return refusal && { ...refusal, path: `changes[${String(index)}]` };
}

function milestonesAndActionsOf(state: Engagement, touched: Touched): Refusal | undefined {
  const milestones = Object.values(state.milestones).filter(
    (one) => isOpenMilestone(one) && (touched.has(one.milestoneId) || touched.has(one.goalId)),
  );
  const actions = Object.values(state.actions).filter(
    (one) => isOpenAction(one) && (touched.has(one.actionId) || touched.has(one.milestoneId)),
  );
  return (
    firstRefusal(milestones, (milestone) => {
      const goal = state.goals[milestone.goalId];
      const index = touched.get(milestone.milestoneId) ?? touched.get(milestone.goalId);
      return goal && atChange(index, milestoneDates(milestone, goal));
    }) ??
    firstRefusal(actions, (action) => {
      const milestone = state.milestones[action.milestoneId];
      const index = touched.get(action.actionId) ?? touched.get(action.milestoneId);
      return milestone && atChange(index, actionDates(action, milestone));
    })
  );
}
