import { type Barrier, type Goal, goalDetails, type Milestone, type Resource } from '../../engagement/engagement';
import { achievementOf } from '../../engagement/measures/achievement';
import { openDays } from '../../engagement/measures/barriers';
import type { Facts } from '../../engagement/measures/facts';
import type { Instant, IsoDate, Lifecycle } from '../../engagement/values';
import type { BarrierShape, Plan, PlanAction, PlanGoal, PlanMilestone, ResourceShape } from './shapes';

const IN_PLAN: readonly Lifecycle[] = ['active', 'on-hold', 'completed'];

/**
 * The plan: what was set and not dropped, with what belongs to it. `day` is the one for which achievement and open days
 * are measured; `asked` is given back as it was asked.
 */
export function toPlan(
  facts: Facts,
  day: IsoDate,
  asked: { readonly asOf: IsoDate | null; readonly knownAt: Instant | null },
): Plan {
  const { engagement } = facts;
  const goals = Object.values(engagement.goals).filter(({ lifecycle }) => IN_PLAN.includes(lifecycle));
  const places = new Map(goals.map(({ goalId }, place) => [goalId, place]));
  const placeOf = ({ goalId }: Milestone): number => places.get(goalId) ?? -1;
  const milestones = Object.values(engagement.milestones)
    .filter((milestone) => milestone.state !== 'dropped' && placeOf(milestone) >= 0)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.order - b.order);
  const ids = new Set(milestones.map(({ milestoneId }) => milestoneId));
  return {
    engagementId: engagement.engagementId,
    revision: engagement.plan.revision,
    asOf: asked.asOf,
    knownAt: asked.knownAt,
    goals: goals.map((goal) => toGoal(facts, goal, day)),
    milestones: milestones.map(toMilestone),
    actions: Object.values(engagement.actions).flatMap((action): readonly PlanAction[] => {
      const { state, baselineDueOn, completedOn, ...details } = action;
      if (state === 'dropped' || !ids.has(action.milestoneId)) return [];
      return [{ ...details, baselineDueOn, state, completedOn }];
    }),
    resources: Object.values(engagement.resources).map(toResourceShape),
    barriers: Object.values(engagement.barriers).map((barrier) => toBarrierShape(barrier, day)),
  };
}

function toGoal(facts: Facts, goal: Goal, day: IsoDate): PlanGoal {
  return {
    ...goalDetails(goal),
    lifecycle: goal.lifecycle,
    achievement: achievementOf(facts, goal, day),
    baselineDueOn: goal.baselineDueOn,
  };
}

function toMilestone(milestone: Milestone): PlanMilestone {
  const { milestoneId, goalId, title, criterion, dueOn, baselineDueOn, order, state, reachedOn } = milestone;
  return { milestoneId, goalId, title, criterion, dueOn, baselineDueOn, order, state, reachedOn };
}

export function toResourceShape({ resourceId, kind, description, budget, allocated, state }: Resource): ResourceShape {
  return { resourceId, kind, description, budget, allocated, state };
}

/** `openDays` up to the day. */
export function toBarrierShape(barrier: Barrier, day: IsoDate): BarrierShape {
  const { barrierId, category, description, severity, affects, state, openStretches, strategies } = barrier;
  return {
    barrierId,
    category,
    description,
    severity,
    affects,
    state,
    identifiedOn: openStretches[0]?.from ?? day,
    resolvedOn: openStretches.at(-1)?.to ?? null,
    openDays: openDays(barrier, day),
    strategies,
  };
}
