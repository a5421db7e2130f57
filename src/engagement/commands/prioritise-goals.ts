import { type CommandRule, refuse, type Refusal } from '../decision';
import { type Engagement, isOpenGoal } from '../engagement';
import type { EngagementEventData } from '../events';
import type { Id } from '../values';
import { firstRefusal, unknown } from './checks/references';

/** Ranks every open goal, the most important first. */
export type PrioritiseGoals = EngagementEventData['GoalsPrioritised'];

export const prioritiseGoals: CommandRule<PrioritiseGoals> = {
  by: ['client', 'coach'],
  possible: ['before-start'],
  altersPlan: null,
  decide: (state, data) =>
    firstRefusal(data.order, (id, index) => unknown(state, ['goals'], id, `order[${index}]`)) ??
    notEveryOpenGoalOnce(state, data.order) ?? [{ type: 'GoalsPrioritised', data }],
};

function notEveryOpenGoalOnce(state: Engagement, order: readonly Id[]): Refusal | undefined {
  const open = Object.values(state.goals)
    .filter(isOpenGoal)
    .map(({ goalId }) => goalId);
  const named = new Set(order);
  const complete = named.size === order.length && order.length === open.length && open.every((id) => named.has(id));
  if (complete) return undefined;
  const goals = open.length === 0 ? 'there is none' : open.join(', ');
  return refuse('wrong-state', `The order names every open goal (active or on hold) exactly once: ${goals}.`, {
    path: 'order',
  });
}
