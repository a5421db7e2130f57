import { date, dateTime, decimal, id, many, named, orNull, type Schema, shape, string, whole, words } from './schema';
import { achievement, lifecycle, milestoneState, party } from './words';

const money = orNull(shape({ amount: string, currency: string }));
const measure = shape({
  metric: string,
  unit: string,
  baseline: decimal,
  target: decimal,
  direction: words('increase', 'decrease'),
});

/** The shapes of the plan and of what it is made of, by their names. */
export const planShapes: Readonly<Record<string, Schema>> = {
  PlannedGoal: shape({
    goalId: id,
    specific: string,
    measure: orNull(measure),
    attainmentScale: orNull(many(shape({ level: whole, description: string }))),
    achievability: shape({ confidence: whole, rationale: orNull(string) }),
    relevance: string,
    startOn: date,
    dueOn: date,
    datesOverrideReason: orNull(string),
    source: string,
    weight: decimal,
    rank: orNull(whole),
    lifecycle,
    achievement,
    baselineDueOn: orNull(date),
  }),
  Plan: shape({
    engagementId: id,
    revision: whole,
    asOf: orNull(date),
    knownAt: orNull(dateTime),
    goals: many(named('PlannedGoal')),
    milestones: many(
      shape({
        milestoneId: id,
        goalId: id,
        title: string,
        criterion: string,
        dueOn: date,
        baselineDueOn: orNull(date),
        order: whole,
        state: milestoneState,
        reachedOn: orNull(date),
      }),
    ),
    actions: many(
      shape({
        actionId: id,
        milestoneId: id,
        title: string,
        owner: party,
        dueOn: date,
        baselineDueOn: orNull(date),
        commitment: orNull(whole),
        state: words('open', 'completed'),
        completedOn: orNull(date),
      }),
    ),
    resources: many(named('Resource')),
    barriers: many(named('Barrier')),
  }),
  Resource: shape({
    resourceId: id,
    kind: string,
    description: string,
    budget: money,
    allocated: many(shape({ to: id, amount: money })),
    state: words('identified', 'allocated', 'released'),
  }),
  Barrier: shape({
    barrierId: id,
    category: string,
    description: orNull(string),
    severity: whole,
    affects: many(id),
    state: words('open', 'resolved'),
    identifiedOn: date,
    resolvedOn: orNull(date),
    openDays: decimal,
    strategies: many(shape({ strategyId: id, description: string })),
  }),
};
