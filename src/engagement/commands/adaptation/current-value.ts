import { type Engagement, milestonesOf } from '../../engagement';
import type { PlanChange } from '../../plan-changes';
import { refuse, type Refusal } from '../../refusal';

/** A change that says what was there before. */
type ChangeOfValue = Extract<PlanChange, { readonly from: unknown }>;

/** Refuses a change whose `from` is not what the plan says now. */
export function stale(state: Engagement, change: ChangeOfValue, at: string): Refusal | undefined {
  const actual = currentValue(state, change);
  const path = `${at}.from`;
  if (textOf(change.from) === textOf(actual)) return undefined;
  return refuse(
    'plan-change-stale',
    `${path} is ${textOf(change.from)}, but the plan says ${textOf(actual)}: read the plan again and send it anew.`,
    { path },
  );
}

/** Refuses a new order that is not the old one's milestones, each once. */
export function notAPermutation(
  change: Extract<PlanChange, { op: 'milestone-reordered' }>,
  at: string,
): Refusal | undefined {
  if (textOf([...change.to].sort()) === textOf([...change.from].sort())) return undefined;
  const detail = `${at}.to must name the same milestones as from, each once: give them in their new order.`;
  return refuse('wrong-state', detail, { path: `${at}.to` });
}

/** What the plan says now of that which the change is about. */
function currentValue(state: Engagement, change: ChangeOfValue): unknown {
  switch (change.op) {
    case 'goal-redated':
      return pick(state.goals[change.goalId], ['startOn', 'dueOn']);
    case 'goal-retargeted':
      return pick(state.goals[change.goalId], ['measure' in change.from ? 'measure' : 'attainmentScale']);
    case 'goal-reweighted':
      return state.goals[change.goalId]?.weight;
    case 'goal-redefined':
      return pick(state.goals[change.goalId], ['specific', 'relevance']);
    case 'milestone-redated':
      return state.milestones[change.milestoneId]?.dueOn;
    case 'milestone-redefined':
      return pick(state.milestones[change.milestoneId], ['title', 'criterion']);
    case 'milestone-reordered':
      return milestonesOf(state.milestones, change.goalId).map(({ milestoneId }) => milestoneId);
    case 'action-redated':
      return state.actions[change.actionId]?.dueOn;
    case 'action-reassigned':
      return state.actions[change.actionId]?.owner;
    case 'action-redefined':
      return pick(state.actions[change.actionId], ['title']);
    case 'resource-changed':
      return pick(state.resources[change.resourceId], ['description', 'budget']);
  }
}

function pick<T extends object>(thing: T | undefined, fields: readonly (keyof T)[]): Partial<T> | undefined {
  return thing && (Object.fromEntries(fields.map((field) => [field, thing[field]])) as Partial<T>);
}

/** JSON with the fields of objects by name and the levels of a scale in order: equal values have equal texts. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (isScale(inner)) return [...inner].sort((a, b) => a.level - b.level);
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function isScale(value: unknown): value is readonly { readonly level: number }[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'level' in item);
}
