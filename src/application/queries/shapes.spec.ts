import { and, at } from '../../../test/support/engagement/scenario';
import { active, checkInScheduled, goalSet, ids, withPlan } from '../../../test/support/engagement/samples';
import type { EngagementEvent } from '../../engagement/events';
import { foldFacts } from '../../engagement/measures/facts';
import { toOverview } from './to-overview';
import { toPlan } from './to-plan';
import { toProgress } from './to-progress';

const settings = { timeZone: 'UTC', noContactWeeks: 3 };
const present = { now: '2026-03-09T09:59:59.000Z', today: '2026-03-09', settings };
const factsOf = (past: typeof active) => foldFacts(past.events)!;
const overviewOf = (past: typeof active, more = {}) =>
  toOverview({ facts: factsOf(past), revision: past.events.length - 1 }, new Map(), { ...present, ...more });
const later: EngagementEvent = {
  type: 'CheckInScheduled',
  data: { checkInId: ids.note, scheduledFor: '2026-04-01T10:00:00.000Z' },
};

describe('the overview', () => {
  it('tells parties, agreement, plan, goals and what is open', () => {
    const { clientId, coachId, sponsorId } = withPlan.state!;
    const names = new Map([[clientId, 'Ada']]);
    const overview = toOverview({ facts: factsOf(withPlan), revision: 12 }, names, present);
    expect(overview).toMatchObject({
      engagementId: ids.engagement,
      revision: 12,
      state: 'active',
      client: { participantId: clientId, name: 'Ada' },
      coach: { participantId: coachId, name: null },
      sponsor: { participantId: sponsorId, name: null },
      agreement: { signed: ['client', 'coach', 'sponsor'], missing: [], discloses: ['goals'] },
      vision: null,
      plan: { revision: 1, lastAdaptedAt: null },
      open: { milestones: 1, actions: 1, barriers: 1 },
    });
    expect(overview.goals).toMatchObject([
      { goalId: ids.goal, lifecycle: 'active', baselineDueOn: '2026-06-30', completion: 0 },
      { goalId: ids.proposedGoal, lifecycle: 'proposed', baselineDueOn: null, completion: null },
    ]);
  });

  it('names the next check-in that lies ahead, and the one held last', () => {
    const both = and(active, later, checkInScheduled);
    expect(overviewOf(both)).toMatchObject({ nextCheckIn: { checkInId: ids.checkIn }, lastCheckIn: null });
    const now = '2026-03-09T10:00:00.000Z';
    expect(overviewOf(both, { now }).nextCheckIn).toMatchObject({ checkInId: ids.note });
    const held = and(both, {
      type: 'CheckInHeld',
      data: { checkInId: ids.note, heldAt: '2026-03-01T10:00:00.000Z', summary: 'x', confidence: null },
    });
    expect(overviewOf(held).lastCheckIn).toEqual({ checkInId: ids.note, heldAt: '2026-03-01T10:00:00.000Z' });
    expect(overviewOf(active).nextCheckIn).toBeNull();
  });

  it('says why health is what it is', () => {
    const { health } = overviewOf(active);
    expect(health).toMatchObject({ level: 'attention', rules: [{ rule: 'no-contact', since: '2026-01-26' }] });
    expect(health?.rules[0]?.sentence).toMatch(/^No check-in for 3 weeks/);
  });
});

describe('the plan', () => {
  const plan = (past: typeof active) => toPlan(factsOf(past), '2026-03-09', { asOf: null, knownAt: null });

  it('holds what was set, with its baseline', () => {
    const { goals, milestones, actions, resources, barriers } = plan(withPlan);
    expect(goals.map(({ goalId, lifecycle }) => [goalId, lifecycle])).toEqual([[ids.goal, 'active']]);
    expect(milestones).toMatchObject([{ milestoneId: ids.milestone, baselineDueOn: '2026-05-01', state: 'planned' }]);
    expect(actions).toMatchObject([{ actionId: ids.action, baselineDueOn: '2026-04-01', state: 'open' }]);
    expect(resources).toMatchObject([{ resourceId: ids.resource, allocated: [], state: 'identified' }]);
    expect(barriers).toMatchObject([
      { barrierId: ids.barrier, identifiedOn: '2026-01-05', resolvedOn: null, openDays: 63, strategies: [] },
    ]);
  });

  it('leaves out what was given up, with all that belongs to it', () => {
    const abandoned = and(
      withPlan,
      { type: 'MilestoneReached', data: { milestoneId: ids.milestone, reachedOn: '2026-02-01', evidence: null } },
      {
        type: 'GoalAbandoned',
        data: { goalId: ids.goal, reason: 'moved', notAttainable: false, milestones: {} },
      },
    );
    expect(plan(abandoned)).toMatchObject({ goals: [], milestones: [], actions: [] });
    const dropped: EngagementEvent = { type: 'MilestoneDropped', data: { milestoneId: ids.milestone, reason: null } };
    expect(plan(and(withPlan, dropped))).toMatchObject({ milestones: [], actions: [] });
  });

  it('sorts milestones by goal and place', () => {
    const title = (milestoneId: string, goalId: string, order: number): EngagementEvent => ({
      type: 'MilestonePlanned',
      data: { milestoneId, goalId, title: milestoneId, criterion: 'x', dueOn: '2026-04-01', order },
    });
    const sorted = and(
      active,
      goalSet(),
      goalSet({ goalId: ids.secondGoal }),
      title('d', ids.secondGoal, 1),
      title('a', ids.goal, 1),
      title('b', ids.goal, 1),
    );
    expect(plan(sorted).milestones.map(({ milestoneId, order }) => [milestoneId, order])).toEqual([
      ['b', 1],
      ['a', 2],
      ['d', 1],
    ]);
  });
});

describe('progress', () => {
  it('measures every goal, and keeps what was dropped', () => {
    const dropped = and(
      withPlan,
      at('2026-02-01T09:00:00.000Z', { type: 'MilestoneDropped', data: { milestoneId: ids.milestone, reason: null } }),
      {
        type: 'ProgressRecorded',
        data: { goalId: ids.goal, value: 3, observedOn: '2026-02-02', rater: 'client', note: null, corrects: null },
      },
    );
    const progress = toProgress(factsOf(dropped), '2026-03-09', settings);
    expect(progress).toMatchObject({
      asOf: '2026-03-09',
      completion: { inScope: 0, current: null, baselineScope: 1, baseline: 0 },
      attainment: [],
      volatility: { adaptations: 0, activeDays: 63, perMonth: 0 },
      barriers: { open: [{ barrierId: ids.barrier, severity: 4, ageDays: 63 }] },
      health: { level: 'at-risk' },
    });
    expect(progress.goals.map(({ goalId }) => goalId)).toEqual([ids.goal, ids.proposedGoal]);
    expect(progress.goals[0]).toMatchObject({
      latest: { value: 3, observedOn: '2026-02-02', rater: 'client' },
      milestones: [
        {
          milestoneId: ids.milestone,
          state: 'dropped',
          slippageDays: { baseline: -89, current: -89 },
          reachedOn: null,
        },
      ],
    });
  });
});
