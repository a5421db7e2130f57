import type { ActionDetails, GoalDetails, Id, MilestoneDetails } from '../../src/engagement/values';
import type { Random } from './random';

export function goal(random: Random): GoalDetails {
  const startOn = dateOf(random.below(100));
  return {
    goalId: random.uuid(),
    specific: random.word(),
    measure: random.chance(0.7)
      ? { metric: 'walks', unit: 'km', baseline: 0.1, target: 12.5, direction: 'increase' }
      : null,
    attainmentScale: ([-2, -1, 0, 1, 2] as const).map((level) => ({ level, description: random.word() })),
    achievability: { confidence: random.below(11), rationale: random.chance(0.5) ? 'Rested' : null },
    relevance: random.word(),
    startOn,
    dueOn: dateOf(120 + random.below(200)),
    datesOverrideReason: null,
    source: 'joint',
    weight: random.below(5) / 2,
    rank: random.chance(0.5) ? 1 + random.below(5) : null,
  };
}

export function milestone(random: Random, goalId: Id, order: number): MilestoneDetails {
  return {
    milestoneId: random.uuid(),
    goalId,
    title: random.word(),
    criterion: random.word(),
    dueOn: dateOf(60 + random.below(100)),
    order,
  };
}

export function action(random: Random, milestoneId: Id): ActionDetails {
  const owner = random.pick(['client', 'coach', 'sponsor'] as const);
  return {
    actionId: random.uuid(),
    milestoneId,
    title: random.word(),
    owner,
    dueOn: dateOf(30 + random.below(90)),
    commitment: random.chance(0.5) ? 8 : null,
  };
}

/** The day of the histories with that number. */
export function dateOf(day: number): string {
  return new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
}
