import type { Goal, Milestone } from '../../engagement/engagement';
import { achievementOf } from '../../engagement/measures/achievement';
import { attainmentByRater, goalAttainment } from '../../engagement/measures/attainment';
import { barrierMeasures } from '../../engagement/measures/barriers';
import { completionOf } from '../../engagement/measures/completion';
import type { Facts } from '../../engagement/measures/facts';
import type { HealthSettings } from '../../engagement/measures/fired-rule';
import { latestValue } from '../../engagement/measures/observations';
import { onTimeOf, slippageOf } from '../../engagement/measures/slippage';
import { volatilityOf } from '../../engagement/measures/volatility';
import type { IsoDate } from '../../engagement/values';
import type { Progress, ProgressGoal, ProgressMilestone } from './shapes';
import { toHealth } from './to-health';

/** Every measure on the day `asOf`, of goals and milestones in every state; `facts` are what counts on that day. */
export function toProgress(facts: Facts, asOf: IsoDate, settings: HealthSettings): Progress {
  const { engagement } = facts;
  const milestones = Object.values(engagement.milestones);
  return {
    engagementId: engagement.engagementId,
    asOf,
    completion: completionOf(milestones),
    attainment: attainmentByRater(facts, asOf),
    volatility: volatilityOf(engagement, asOf),
    barriers: barrierMeasures(Object.values(engagement.barriers), asOf),
    milestonesOnTime: onTimeOf(milestones, asOf),
    health: toHealth(facts, asOf, settings),
    goals: Object.values(engagement.goals).map((goal) => toGoal(facts, goal, asOf)),
  };
}

function toGoal(facts: Facts, goal: Goal, asOf: IsoDate): ProgressGoal {
  const { goalId, specific, lifecycle, dueOn, baselineDueOn } = goal;
  const milestones = Object.values(facts.engagement.milestones)
    .filter((milestone) => milestone.goalId === goalId)
    .sort((a, b) => a.order - b.order);
  const latest = latestValue(facts, goalId, asOf);
  return {
    goalId,
    specific,
    lifecycle,
    achievement: achievementOf(facts, goal, asOf),
    dueOn,
    baselineDueOn,
    completion: completionOf(milestones),
    attainment: goalAttainment(facts, goalId, asOf),
    latest: latest && { value: latest.value, observedOn: latest.observedOn, rater: latest.rater },
    milestones: milestones.map((milestone) => toMilestone(milestone, asOf)),
  };
}

function toMilestone(milestone: Milestone, asOf: IsoDate): ProgressMilestone {
  const { milestoneId, title, state, baselineDueOn, dueOn, reachedOn } = milestone;
  return { milestoneId, title, state, baselineDueOn, dueOn, reachedOn, slippageDays: slippageOf(milestone, asOf) };
}
