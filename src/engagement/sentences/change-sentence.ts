import type { PlanChange, PlanChangeOp, Target } from '../plan-changes';
import type { DropOutcome, Id } from '../values';
import { capitalised, money, named, noTitles, quoted, type Titles } from './words';

type Change<Op extends PlanChangeOp> = Extract<PlanChange, { readonly op: Op }>;
type Sentences = { readonly [Op in PlanChangeOp]: (change: Change<Op>, titles: Titles) => string };

const outcomes: Readonly<Record<DropOutcome, string>> = {
  'no-longer-wanted': 'no longer wanted',
  'not-attained': 'not attained',
  'not-attainable': 'not attainable',
};

const goal = (id: Id, titles: Titles): string => named('goal', titles(id));
const milestone = (id: Id, titles: Titles): string => named('milestone', titles(id));
const action = (id: Id, titles: Titles): string => named('action', titles(id));

const sentences: Sentences = {
  'goal-added': (change) =>
    change.goalId === null
      ? `goal ${quoted(change.goal.specific)} was added, due ${change.goal.dueOn}`
      : `the proposed goal ${quoted(change.goal.specific)} was taken into the plan, due ${change.goal.dueOn}`,
  'goal-redated': ({ goalId, from, to }, titles) => {
    const moves = [
      ...(from.startOn === to.startOn ? [] : [`its start moved from ${from.startOn} to ${to.startOn}`]),
      ...(from.dueOn === to.dueOn ? [] : [`its due date moved from ${from.dueOn} to ${to.dueOn}`]),
    ];
    return `${goal(goalId, titles)} was redated: ${moves.length === 0 ? 'its dates stay' : moves.join(', ')}`;
  },
  'goal-retargeted': ({ goalId, from, to }, titles) => `${goal(goalId, titles)} was retargeted${targets(from, to)}`,
  'goal-reweighted': ({ goalId, from, to }, titles) =>
    `the weight of ${goal(goalId, titles)} changed from ${from} to ${to}`,
  'goal-redefined': ({ goalId, from, to }, titles) =>
    from.specific === to.specific
      ? `the relevance of ${goal(goalId, titles)} was put into other words`
      : `goal ${quoted(from.specific)} became ${quoted(to.specific)}`,
  'goal-dropped': ({ goalId, outcome }, titles) => `${goal(goalId, titles)} was dropped as ${outcomes[outcome]}`,
  'milestone-added': (change, titles) => {
    const { title, goalId, dueOn } = change.milestone;
    return `milestone ${quoted(title)} was added to ${goal(goalId, titles)}, due ${dueOn}`;
  },
  'milestone-redated': ({ milestoneId, from, to }, titles) =>
    `${milestone(milestoneId, titles)} moved from ${from} to ${to}`,
  'milestone-redefined': ({ from, to }) =>
    from.title === to.title
      ? `the criterion of milestone ${quoted(from.title)} was put into other words`
      : `milestone ${quoted(from.title)} became ${quoted(to.title)}`,
  'milestone-reordered': ({ goalId }, titles) =>
    `the milestones of ${goal(goalId, titles)} were put into another order`,
  'milestone-dropped': ({ milestoneId }, titles) => `${milestone(milestoneId, titles)} was dropped`,
  'action-added': (change, titles) => {
    const { title, milestoneId, owner, dueOn } = change.action;
    return `action ${quoted(title)} of the ${owner} was added to ${milestone(milestoneId, titles)}, due ${dueOn}`;
  },
  'action-redated': ({ actionId, from, to }, titles) => `${action(actionId, titles)} moved from ${from} to ${to}`,
  'action-reassigned': ({ actionId, from, to }, titles) =>
    `${action(actionId, titles)} passed from the ${from} to the ${to}`,
  'action-redefined': ({ from, to }) => `action ${quoted(from.title)} became ${quoted(to.title)}`,
  'action-dropped': ({ actionId }, titles) => `${action(actionId, titles)} was dropped`,
  'resource-changed': ({ from, to }) => {
    const sameBudget = money(from.budget) === money(to.budget);
    const budget = `the budget of resource ${quoted(to.description)} changed from ${money(from.budget)} to ${money(to.budget)}`;
    if (from.description === to.description) return budget;
    const became = `resource ${quoted(from.description)} became ${quoted(to.description)}`;
    return sameBudget ? became : `${became}, its budget changed from ${money(from.budget)} to ${money(to.budget)}`;
  },
};

/**
 * One change of the plan in words, without a full stop. Carries plan text only, never personal text; `titles` says what
 * the things are called that the change itself only names by their ids.
 */
export function changeSentence(change: PlanChange, titles: Titles = noTitles): string {
  const sentence = sentences[change.op] as (change: PlanChange, titles: Titles) => string;
  return capitalised(sentence(change, titles));
}

function targets(from: Target, to: Target): string {
  if (!('measure' in to)) return 'measure' in from ? ': by a scale instead of a measure' : ': its scale changed';
  if (!('measure' in from)) return ': by a measure instead of a scale';
  const before = `${from.measure.target} ${from.measure.unit}`;
  const after = `${to.measure.target} ${to.measure.unit}`;
  return before === after ? ': its measure changed' : ` from ${quoted(before)} to ${quoted(after)}`;
}
