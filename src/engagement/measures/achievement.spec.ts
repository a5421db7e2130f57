import { and, eventId, type Past } from '../../../test/support/engagement/scenario';
import { active, goalProposed, goalSet, ids, measure, planAgreed } from '../../../test/support/engagement/samples';
import type { EngagementEvent } from '../events';
import type { PlanChange } from '../plan-changes';
import type { AttainmentLevel, Id, IsoDate, Rater } from '../values';
import { achievementOf } from './achievement';
import { foldFacts } from './facts';

const observed = (value: number, observedOn: IsoDate, rater: Rater = 'client', corrects: Id | null = null) =>
  ({
    type: 'ProgressRecorded',
    data: { goalId: ids.goal, value, observedOn, rater, note: null, corrects },
  }) satisfies EngagementEvent;
const scored = (level: AttainmentLevel, observedOn: IsoDate, rater: Rater = 'client') =>
  ({
    type: 'GoalAttainmentScored',
    data: { goalId: ids.goal, level, observedOn, rater, corrects: null },
  }) satisfies EngagementEvent;
const adapted = (change: PlanChange) =>
  ({
    type: 'PlanAdapted',
    data: {
      revision: 2,
      baseRevision: 1,
      reasonCode: 'learning',
      reasonText: 'We know more',
      triggeredBy: [],
      changes: [change],
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      effectiveOn: '2026-02-20',
    },
  }) satisfies EngagementEvent;

const set = and(active, goalSet(), planAgreed);

function achievement(past: Past, asOf = '2026-05-01', goalId: Id = ids.goal): string {
  const facts = foldFacts(past.events);
  return achievementOf(facts!, facts!.engagement.goals[goalId]!, asOf);
}

describe('achievement', () => {
  it('is in progress with fewer than two observations, and no progress when due without any', () => {
    expect(achievement(set)).toBe('in-progress');
    expect(achievement(set, '2026-06-29')).toBe('in-progress');
    expect(achievement(set, '2026-06-30')).toBe('no-progress');
    expect(achievement(and(set, observed(3, '2026-02-10')), '2026-07-30')).toBe('in-progress');
  });

  it('follows the last two values towards a target that is to be reached from below', () => {
    expect(achievement(and(set, observed(3, '2026-02-10'), observed(4, '2026-02-11')))).toBe('improving');
    expect(achievement(and(set, observed(3, '2026-02-10'), observed(2, '2026-02-11')))).toBe('worsening');
    expect(achievement(and(set, observed(3, '2026-02-10'), observed(3, '2026-02-11')))).toBe('no-change');
    expect(achievement(and(set, observed(10, '2026-02-10'), observed(11, '2026-02-11')))).toBe('sustaining');
    expect(achievement(and(set, observed(9, '2026-02-10'), observed(10, '2026-02-11')))).toBe('improving');
    expect(achievement(and(set, observed(10, '2026-02-10'), observed(9, '2026-02-11')))).toBe('worsening');
  });

  it('and from above', () => {
    const less = and(active, goalSet({ measure: { ...measure, baseline: 20, target: 10, direction: 'decrease' } }));
    expect(achievement(and(less, observed(18, '2026-02-10'), observed(15, '2026-02-11')))).toBe('improving');
    expect(achievement(and(less, observed(15, '2026-02-10'), observed(18, '2026-02-11')))).toBe('worsening');
    expect(achievement(and(less, observed(10, '2026-02-10'), observed(9, '2026-02-11')))).toBe('sustaining');
  });

  it('takes the level 0 for the target of a scale', () => {
    expect(achievement(and(set, scored(-2, '2026-02-10'), scored(-1, '2026-02-11')))).toBe('improving');
    expect(achievement(and(set, scored(0, '2026-02-10'), scored(1, '2026-02-11')))).toBe('sustaining');
  });

  it('compares only what the rater of the newest observation observed in the same kind', () => {
    const mixed = and(set, scored(1, '2026-02-08'), observed(5, '2026-02-09', 'coach'), observed(3, '2026-02-10'));
    expect(achievement(mixed)).toBe('in-progress');
    expect(achievement(and(mixed, observed(4, '2026-02-10')))).toBe('improving');
  });

  it('orders by the day of observation and forgets what was corrected', () => {
    expect(achievement(and(set, observed(5, '2026-02-11'), observed(3, '2026-02-10')))).toBe('improving');
    const corrected = and(set, observed(3, '2026-02-10'), observed(9, '2026-02-11'));
    const correction = observed(2, '2026-02-11', 'client', eventId(corrected.events.length - 1));
    expect(achievement(and(corrected, correction))).toBe('worsening');
  });

  it('starts anew when the goal is retargeted', () => {
    const before = and(set, observed(3, '2026-02-10'), observed(4, '2026-02-11'));
    const retargeted = adapted({
      op: 'goal-retargeted',
      goalId: ids.goal,
      from: { measure },
      to: { measure: { ...measure, target: 5 } },
    });
    expect(achievement(and(before, retargeted, observed(5, '2026-02-21')))).toBe('in-progress');
    expect(achievement(and(before, retargeted), '2026-07-30')).toBe('in-progress');
    expect(achievement(and(before, retargeted, observed(5, '2026-02-21'), observed(6, '2026-02-22')))).toBe(
      'sustaining',
    );
  });

  it('is in progress while proposed, and achieved once achieved', () => {
    expect(achievement(and(active, goalProposed()), '2027-01-01', ids.proposedGoal)).toBe('in-progress');
    const achieved: EngagementEvent = {
      type: 'GoalAchieved',
      data: { goalId: ids.goal, achievedOn: '2026-03-01', reflection: null, milestones: {} },
    };
    expect(achievement(and(set, achieved))).toBe('achieved');
  });

  it('is not achieved once given up, or not attainable where that was said', () => {
    const drop = (outcome: 'no-longer-wanted' | 'not-attained' | 'not-attainable') =>
      achievement(and(set, adapted({ op: 'goal-dropped', goalId: ids.goal, outcome })));
    expect(drop('no-longer-wanted')).toBe('not-achieved');
    expect(drop('not-attained')).toBe('not-achieved');
    expect(drop('not-attainable')).toBe('not-attainable');
    const abandoned = (notAttainable: boolean): EngagementEvent => ({
      type: 'GoalAbandoned',
      data: { goalId: ids.goal, reason: 'no', notAttainable, milestones: {} },
    });
    expect(achievement(and(set, abandoned(false)))).toBe('not-achieved');
    expect(achievement(and(set, abandoned(true)))).toBe('not-attainable');
  });
});
