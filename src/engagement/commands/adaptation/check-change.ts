import { type Engagement, goalDetails } from '../../engagement';
import type { PlanChange } from '../../plan-changes';
import type { Refusal } from '../../refusal';
import type { Id } from '../../values';
import { fundingRefusal } from '../checks/funding';
import { placeOf } from '../checks/places';
import { taken, unknown, unknownReference } from '../checks/references';
import { mustBe } from '../checks/states';
import { notAPermutation, stale } from './current-value';
import type { PlanChangeInput } from './input';

type AdditionOp = 'goal-added' | 'milestone-added' | 'action-added';
type Addition = Extract<PlanChangeInput, { op: AdditionOp }>;
type ChangeOfOne = Exclude<PlanChange, { op: AdditionOp }>;

/** The change as the event keeps it, or why it can't be made in this state; `at` is its place, `changes[0]`. */
export function checkChange(state: Engagement, change: PlanChangeInput, at: string): PlanChange | Refusal {
  switch (change.op) {
    case 'goal-added':
    case 'milestone-added':
    case 'action-added':
      return checkAddition(state, change, at);
    case 'goal-dropped':
    case 'milestone-dropped':
    case 'action-dropped':
      return notOpen(state, change, at, 'dropped') ?? change;
    case 'milestone-reordered':
      return (
        notOpen(state, change, at, 'reordered') ?? stale(state, change, at) ?? notAPermutation(change, at) ?? change
      );
    case 'resource-changed': {
      const allocated = state.resources[change.resourceId]?.allocated ?? [];
      return (
        notOpen(state, change, at, 'changed') ??
        stale(state, change, at) ??
        fundingRefusal(change.to.budget, allocated, `${at}.to.budget`) ??
        change
      );
    }
    default:
      return notOpen(state, change, at, 'changed') ?? stale(state, change, at) ?? change;
  }
}

function checkAddition(state: Engagement, change: Addition, at: string): PlanChange | Refusal {
  switch (change.op) {
    case 'goal-added':
      if (change.goal) return taken(state, change.goal.goalId, `${at}.goal.goalId`) ?? change;
      return acceptProposed(state, change.goalId, `${at}.goalId`);
    case 'milestone-added': {
      const { milestone } = change;
      return (
        taken(state, milestone.milestoneId, `${at}.milestone.milestoneId`) ??
        goalNotOpen(state, milestone.goalId, `${at}.milestone.goalId`, 'given a milestone') ?? {
          op: change.op,
          milestone: { ...milestone, order: placeOf(state, milestone) },
        }
      );
    }
    case 'action-added': {
      const { actionId, milestoneId } = change.action;
      return (
        taken(state, actionId, `${at}.action.actionId`) ??
        milestoneNotOpen(state, milestoneId, `${at}.action.milestoneId`, 'given an action') ??
        change
      );
    }
  }
}

/** A proposed goal becomes part of the plan by its id; the event carries it whole. */
function acceptProposed(state: Engagement, goalId: Id, path: string): PlanChange | Refusal {
  const goal = state.goals[goalId];
  if (!goal) return unknownReference(['goals'], goalId, path);
  return (
    mustBe('goal', goal.lifecycle, ['proposed'], 'added', path) ?? {
      op: 'goal-added',
      goalId,
      goal: goalDetails(goal),
    }
  );
}

/** Refuses to change what is not there, or no longer open. */
function notOpen(state: Engagement, change: ChangeOfOne, at: string, done: string): Refusal | undefined {
  if ('goalId' in change) return goalNotOpen(state, change.goalId, `${at}.goalId`, done);
  if ('milestoneId' in change) return milestoneNotOpen(state, change.milestoneId, `${at}.milestoneId`, done);
  if ('resourceId' in change) return unknown(state, ['resources'], change.resourceId, `${at}.resourceId`);
  const { actionId } = change;
  const path = `${at}.actionId`;
  return (
    unknown(state, ['actions'], actionId, path) ??
    mustBe('action', state.actions[actionId]?.state, ['open'], done, path)
  );
}

function goalNotOpen(state: Engagement, goalId: Id, path: string, done: string): Refusal | undefined {
  const lifecycle = state.goals[goalId]?.lifecycle;
  return unknown(state, ['goals'], goalId, path) ?? mustBe('goal', lifecycle, ['active', 'on-hold'], done, path);
}

function milestoneNotOpen(state: Engagement, milestoneId: Id, path: string, done: string): Refusal | undefined {
  return (
    unknown(state, ['milestones'], milestoneId, path) ??
    mustBe('milestone', state.milestones[milestoneId]?.state, ['planned', 'missed'], done, path)
  );
}
