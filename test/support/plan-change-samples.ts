import type { Engagement } from '../../src/engagement/engagement';
import type { PlanChange, PlanChangeOp } from '../../src/engagement/plan-changes';
import type { Id } from '../../src/engagement/values';
import type { Random } from './random';
import { action, goal, milestone } from './thing-samples';

/** Up to three changes that are possible in the state, of any kind. */
export function planChangesFor(state: Engagement, random: Random): readonly PlanChange[] {
  const wanted = 1 + random.below(3);
  const changes: PlanChange[] = [];
  const touched = new Set<Id>();
  for (let tries = 0; tries < 20 && changes.length < wanted; tries += 1) {
    const change = samples[random.pick(ops)](state, random);
    if (!change) continue;
    // A thing that one change of the adaptation dropped is not there for the next.
    const id = Object.values(change).find((value) => typeof value === 'string' && value.length === 36) as
      Id | undefined;
    if (id !== undefined && touched.has(id)) continue;
    if (id !== undefined) touched.add(id);
    changes.push(change);
  }
  return changes;
}

type Sample = (state: Engagement, random: Random) => PlanChange | null;

const samples: Readonly<Record<PlanChangeOp, Sample>> = {
  'goal-added': (_state, random) => ({ op: 'goal-added', goalId: null, goal: goal(random) }),
  'goal-redated': (state, random) =>
    onGoal(state, random, ({ goalId, startOn, dueOn }) => ({
      op: 'goal-redated',
      goalId,
      from: { startOn, dueOn },
      to: { startOn, dueOn: '2026-12-24' },
      datesOverrideReason: random.chance(0.5) ? 'Longer' : null,
    })),
  'goal-retargeted': (state, random) =>
    onGoal(state, random, ({ goalId, measure, attainmentScale }) => {
      const from = measure ? { measure } : attainmentScale && { attainmentScale };
      const other = goal(random);
      const to = other.measure ? { measure: other.measure } : { attainmentScale: other.attainmentScale ?? [] };
      return from && { op: 'goal-retargeted', goalId, from, to };
    }),
  'goal-reweighted': (state, random) =>
    onGoal(state, random, ({ goalId, weight }) => ({ op: 'goal-reweighted', goalId, from: weight, to: weight + 0.25 })),
  'goal-redefined': (state, random) =>
    onGoal(state, random, ({ goalId, specific, relevance }) => ({
      op: 'goal-redefined',
      goalId,
      from: { specific, relevance },
      to: { specific: random.word(), relevance },
    })),
  'goal-dropped': (state, random) =>
    onGoal(state, random, ({ goalId }) => ({
      op: 'goal-dropped',
      goalId,
      outcome: random.pick(['no-longer-wanted', 'not-attained', 'not-attainable'] as const),
    })),
  'milestone-added': (state, random) =>
    onGoal(state, random, ({ goalId }) => ({
      op: 'milestone-added',
      milestone: milestone(random, goalId, 1 + random.below(3)),
    })),
  'milestone-redated': (state, random) =>
    onMilestone(state, random, ({ milestoneId, dueOn }) => ({
      op: 'milestone-redated',
      milestoneId,
      from: dueOn,
      to: '2026-07-01',
    })),
  'milestone-redefined': (state, random) =>
    onMilestone(state, random, ({ milestoneId, title, criterion }) => ({
      op: 'milestone-redefined',
      milestoneId,
      from: { title, criterion },
      to: { title: random.word(), criterion },
    })),
  'milestone-reordered': (state, random) =>
    onGoal(state, random, ({ goalId }) => {
      const from = Object.values(state.milestones)
        .filter((milestone) => milestone.goalId === goalId && milestone.state !== 'dropped')
        .sort((a, b) => a.order - b.order)
        .map(({ milestoneId }) => milestoneId);
      return from.length < 2 ? null : { op: 'milestone-reordered', goalId, from, to: random.shuffle(from) };
    }),
  'milestone-dropped': (state, random) =>
    onMilestone(state, random, ({ milestoneId }) => ({ op: 'milestone-dropped', milestoneId })),
  'action-added': (state, random) =>
    onMilestone(state, random, ({ milestoneId }) => ({ op: 'action-added', action: action(random, milestoneId) })),
  'action-redated': (state, random) =>
    onAction(state, random, ({ actionId, dueOn }) => ({
      op: 'action-redated',
      actionId,
      from: dueOn,
      to: '2026-06-15',
    })),
  'action-reassigned': (state, random) =>
    onAction(state, random, ({ actionId, owner }) => ({ op: 'action-reassigned', actionId, from: owner, to: 'coach' })),
  'action-redefined': (state, random) =>
    onAction(state, random, ({ actionId, title }) => ({
      op: 'action-redefined',
      actionId,
      from: { title },
      to: { title: random.word() },
    })),
  'action-dropped': (state, random) => onAction(state, random, ({ actionId }) => ({ op: 'action-dropped', actionId })),
  'resource-changed': (state, random) => {
    const resources = Object.values(state.resources);
    if (resources.length === 0) return null;
    const { resourceId, description, budget } = random.pick(resources);
    return {
      op: 'resource-changed',
      resourceId,
      from: { description, budget },
      to: { description: random.word(), budget },
    };
  },
};

const ops = Object.keys(samples) as readonly PlanChangeOp[];

function onGoal(
  state: Engagement,
  random: Random,
  make: (goal: Engagement['goals'][Id]) => PlanChange | null,
): PlanChange | null {
  const open = Object.values(state.goals).filter(({ lifecycle }) => lifecycle === 'active' || lifecycle === 'on-hold');
  return open.length === 0 ? null : make(random.pick(open));
}

function onMilestone(
  state: Engagement,
  random: Random,
  make: (one: Engagement['milestones'][Id]) => PlanChange | null,
): PlanChange | null {
  const open = Object.values(state.milestones).filter((one) => one.state === 'planned' || one.state === 'missed');
  return open.length === 0 ? null : make(random.pick(open));
}

function onAction(
  state: Engagement,
  random: Random,
  make: (one: Engagement['actions'][Id]) => PlanChange | null,
): PlanChange | null {
  const open = Object.values(state.actions).filter((one) => one.state === 'open');
  return open.length === 0 ? null : make(random.pick(open));
}
