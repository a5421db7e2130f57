import type { EngagementEvent } from '../../../src/engagement/events';
import type { ActionDetails, GoalDetails, Measure, MilestoneDetails } from '../../../src/engagement/values';
import { and, id, nothing, type Past, people } from './scenario';

export const ids = {
  engagement: id(1),
  goal: id(0x10),
  secondGoal: id(0x11),
  thirdGoal: id(0x12),
  fourthGoal: id(0x13),
  proposedGoal: id(0x14),
  milestone: id(0x20),
  secondMilestone: id(0x21),
  thirdMilestone: id(0x22),
  action: id(0x30),
  secondAction: id(0x31),
  resource: id(0x40),
  barrier: id(0x50),
  strategy: id(0x51),
  checkIn: id(0x60),
  celebration: id(0x70),
  setback: id(0x71),
  note: id(0x72),
  unknown: id(0xff),
} as const;

export const measure: Measure = {
  metric: 'applications sent',
  unit: 'applications',
  baseline: 0,
  target: 10,
  direction: 'increase',
};

export const scale = ([-2, -1, 0, 1, 2] as const).map((level) => ({ level, description: `what ${level} looks like` }));

/** A goal from 1 February to 30 June, measured and scored. */
export function goal(more: Partial<GoalDetails> = {}): GoalDetails {
  return {
    goalId: ids.goal,
    specific: 'Find a position in research',
    measure,
    attainmentScale: scale,
    achievability: { confidence: 7, rationale: null },
    relevance: 'Independence',
    startOn: '2026-02-01',
    dueOn: '2026-06-30',
    datesOverrideReason: null,
    source: 'joint',
    weight: 1,
    rank: null,
    ...more,
  };
}

/** A milestone due 1 May. */
export function milestone(more: Partial<MilestoneDetails> = {}): MilestoneDetails {
  return {
    milestoneId: ids.milestone,
    goalId: ids.goal,
    title: 'CV is ready',
    criterion: 'Two people have read it',
    dueOn: '2026-05-01',
    order: 1,
    ...more,
  };
}

/** An action due 1 April. */
export function action(more: Partial<ActionDetails> = {}): ActionDetails {
  return {
    actionId: ids.action,
    milestoneId: ids.milestone,
    title: 'Write the CV',
    owner: 'client',
    dueOn: '2026-04-01',
    commitment: 8,
    ...more,
  };
}

export const goalSet = (more: Partial<GoalDetails> = {}): EngagementEvent => ({ type: 'GoalSet', data: goal(more) });
export const goalProposed = (more: Partial<GoalDetails> = {}): EngagementEvent => ({
  type: 'GoalProposed',
  data: goal({ goalId: ids.proposedGoal, source: 'sponsor', ...more }),
});
export const milestonePlanned = (more: Partial<MilestoneDetails> = {}): EngagementEvent => ({
  type: 'MilestonePlanned',
  data: milestone(more),
});
export const actionCommitted = (more: Partial<ActionDetails> = {}): EngagementEvent => ({
  type: 'ActionCommitted',
  data: action(more),
});
export const resourceIdentified = (amount: string | null = '600.00'): EngagementEvent => ({
  type: 'ResourceIdentified',
  data: {
    resourceId: ids.resource,
    kind: 'funding',
    description: 'Course fees',
    budget: amount === null ? null : { amount, currency: 'EUR' },
  },
});
export const barrierIdentified: EngagementEvent = {
  type: 'BarrierIdentified',
  data: { barrierId: ids.barrier, category: 'external', description: 'No time', severity: 4, affects: [ids.goal] },
};
export const checkInScheduled: EngagementEvent = {
  type: 'CheckInScheduled',
  data: { checkInId: ids.checkIn, scheduledFor: '2026-03-09T10:00:00.000Z' },
};
export const planAgreed: EngagementEvent = {
  type: 'PlanAgreed',
  data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-01-05' },
};
export const paused: EngagementEvent = { type: 'EngagementPaused', data: { reason: 'Holidays' } };
export const ended: EngagementEvent = { type: 'EngagementEndedEarly', data: { reason: 'Moved away' } };

/** An engagement of 2026 that is proposed and not signed; with a sponsor. */
export const proposed: Past = and(nothing, {
  type: 'EngagementProposed',
  data: {
    engagementId: ids.engagement,
    clientId: people.client.id,
    coachId: people.coach.id,
    sponsorId: people.sponsor.id,
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    checkInEveryDays: 14,
  },
});

/** Signed by all three. */
export const agreed: Past = and(
  proposed,
  { type: 'AgreementSigned', data: { party: 'client', discloses: ['goals'] } },
  { type: 'AgreementSigned', data: { party: 'coach', discloses: null } },
  { type: 'AgreementSigned', data: { party: 'sponsor', discloses: null } },
);

export const active: Past = and(agreed, { type: 'EngagementStarted', data: {} });

/** With one of each thing, the plan not agreed yet. */
export const planned: Past = and(
  active,
  goalSet(),
  goalProposed(),
  milestonePlanned(),
  actionCommitted(),
  resourceIdentified(),
  barrierIdentified,
  checkInScheduled,
);

/** The same with the plan agreed. */
export const withPlan: Past = and(planned, planAgreed);
