import {
  count,
  day,
  id,
  instant,
  listOf,
  money,
  nullable,
  number,
  object,
  oneOf,
  text,
  whole,
  type Of,
} from './checker';
import { achievement, source, partyName } from './words';

const measure = object({
  metric: text,
  unit: text,
  baseline: number,
  target: number,
  direction: oneOf('increase', 'decrease'),
});
const scale = listOf(object({ level: oneOf(-2, -1, 0, 1, 2), description: text }));
export const goalBody = {
  specific: text,
  measure: nullable(measure),
  attainmentScale: nullable(scale),
  achievability: object({ confidence: count, rationale: nullable(text) }),
  relevance: text,
  startOn: day,
  dueOn: day,
  datesOverrideReason: nullable(text),
  source,
  weight: number,
  rank: nullable(whole),
};

export const resource = object({
  resourceId: id,
  kind: oneOf('skill', 'network', 'funding', 'time', 'tool'),
  description: text,
  budget: nullable(money),
  allocated: listOf(object({ to: id, amount: nullable(money) })),
  state: oneOf('identified', 'allocated', 'released'),
});

export const barrier = object({
  barrierId: id,
  category: oneOf('internal', 'external', 'skill', 'resource', 'relationship'),
  description: nullable(text),
  severity: oneOf(1, 2, 3, 4, 5),
  affects: listOf(id),
  state: oneOf('open', 'resolved'),
  identifiedOn: day,
  resolvedOn: nullable(day),
  openDays: whole,
  strategies: listOf(object({ strategyId: id, description: text })),
});

export const plan = object({
  engagementId: id,
  revision: count,
  asOf: nullable(day),
  knownAt: nullable(instant),
  goals: listOf(
    object({
      ...goalBody,
      goalId: id,
      lifecycle: oneOf('active', 'on-hold', 'completed'),
      achievement,
      baselineDueOn: nullable(day),
    }),
  ),
  milestones: listOf(
    object({
      milestoneId: id,
      goalId: id,
      title: text,
      criterion: text,
      dueOn: day,
      baselineDueOn: nullable(day),
      order: whole,
      state: oneOf('planned', 'reached', 'missed'),
      reachedOn: nullable(day),
    }),
  ),
  actions: listOf(
    object({
      actionId: id,
      milestoneId: id,
      title: text,
      owner: partyName,
      dueOn: day,
      baselineDueOn: nullable(day),
      commitment: nullable(whole),
      state: oneOf('open', 'completed'),
      completedOn: nullable(day),
    }),
  ),
  resources: listOf(resource),
  barriers: listOf(barrier),
});

export type Plan = Of<typeof plan>;
