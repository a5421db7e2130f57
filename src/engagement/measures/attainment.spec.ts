import { and, at, eventId, type Past } from '../../../test/support/engagement/scenario';
import { active, goalSet, ids, planAgreed } from '../../../test/support/engagement/samples';
import type { EngagementEvent } from '../events';
import type { AttainmentLevel, Id, IsoDate, Rater } from '../values';
import { attainmentByRater, goalAttainment, tScore } from './attainment';
import { foldFacts, type Facts } from './facts';

const scored = (
  rater: Rater,
  level: AttainmentLevel,
  observedOn: IsoDate,
  more: { goalId?: Id; corrects?: Id } = {},
): EngagementEvent => ({
  type: 'GoalAttainmentScored',
  data: { goalId: more.goalId ?? ids.goal, level, observedOn, rater, corrects: more.corrects ?? null },
});

function factsOf(past: Past): Facts {
  const facts = foldFacts(past.events);
  if (!facts) throw new Error('The engagement was not proposed.');
  return facts;
}

describe('T, goal attainment scaling', () => {
  const published: [levels: number[], weights: number[], t: number][] = [
    [[2, 1, 0, -2, 1], [1, 1, 1, 1, 1], 56.03023],
    [[2, 2, 2], [1, 1, 1], 77.38613],
    [[1, 0, 2], [1, 1, 1], 63.69306],
    [[-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6], 55],
    [[-1, -1, -1], [1, 1, 1], 36.30694],
    [[2, 1, -1], [3, 2, 1], 65.42284],
    [[1], [3], 60],
  ];
  it.each(published)('of %j weighted %j is %d', (levels, weights, t) => {
    expect(tScore(levels.map((level, index) => ({ level, weight: weights[index]! })))).toBeCloseTo(t, 5);
  });

  it('is 50 when every goal came out as expected, whatever the weights', () => {
    expect(tScore([3, 0, 7].map((weight) => ({ level: 0, weight })))).toBe(50);
  });

  it('takes weights that are all zero for ones', () => {
    const levels = [2, 1, 0, -2, 1];
    expect(tScore(levels.map((level) => ({ level, weight: 0 })))).toBeCloseTo(56.03023, 5);
  });

  it.each([5e-324, 1e-200, 1e-160, 100])('of one goal at +1 is 60 with any weight above zero: %d', (weight) => {
    expect(tScore([{ level: 1, weight }])).toBeCloseTo(60, 9);
  });

  it('counts a weight that is nothing beside another as nothing', () => {
    const other = { level: -2, weight: 5e-324 };
    expect(tScore([{ level: 1, weight: 100 }, other])).toBeCloseTo(60, 9);
    expect(tScore([{ level: 1, weight: 1e-200 }, other])).toBeCloseTo(60, 9);
  });

  it('is absent without a goal', () => {
    expect(tScore([])).toBeNull();
  });
});

describe('attainment by rater', () => {
  const two = and(
    active,
    goalSet({ specific: 'Walk the dog' }),
    goalSet({ goalId: ids.secondGoal, weight: 2 }),
    planAgreed,
  );

  it('tells the published case: walk the dog', () => {
    const facts = factsOf(
      and(
        active,
        goalSet({ specific: 'Walk the dog', startOn: '2024-03-01', dueOn: '2024-06-30' }),
        scored('coach', -1, '2024-04-03'),
        scored('client', -1, '2024-04-03'),
        scored('client', 1, '2024-05-10'),
      ),
    );
    expect(attainmentByRater(facts, '2024-06-01')).toEqual([
      { rater: 'client', goals: 1, baseline: 40, now: 60, change: 20 },
      { rater: 'coach', goals: 1, baseline: 40, now: 40, change: 0 },
    ]);
    expect(goalAttainment(facts, ids.goal, '2024-06-01')).toEqual([
      { rater: 'client', baseline: -1, level: 1, observedOn: '2024-05-10', followUpDays: 37 },
      { rater: 'coach', baseline: -1, level: -1, observedOn: '2024-04-03', followUpDays: 0 },
    ]);
  });

  it('orders scores by the day they were observed, those of one day as they were recorded', () => {
    const facts = factsOf(
      and(
        two,
        scored('client', 2, '2026-02-10'),
        scored('client', 1, '2026-02-10'),
        scored('client', -1, '2026-02-03'),
      ),
    );
    expect(goalAttainment(facts, ids.goal, '2026-03-01')).toMatchObject([{ baseline: -1, level: 1, followUpDays: 7 }]);
  });

  it('sees nothing after the as-of date', () => {
    const facts = factsOf(and(two, scored('client', -1, '2026-02-03'), scored('client', 1, '2026-02-20')));
    expect(attainmentByRater(facts, '2026-02-19')).toMatchObject([{ now: 40, change: 0 }]);
    expect(attainmentByRater(facts, '2026-02-02')).toEqual([]);
  });

  it('does not count a score that a later one corrects', () => {
    const first = eventId(two.events.length);
    const facts = factsOf(
      and(two, scored('client', -2, '2026-02-03'), scored('client', -1, '2026-02-03', { corrects: first })),
    );
    expect(goalAttainment(facts, ids.goal, '2026-03-01')).toMatchObject([{ baseline: -1, level: -1 }]);
  });

  it('keeps a goal that was given up as not attained or not attainable, and leaves out one no longer wanted', () => {
    const both = and(
      two,
      scored('client', -2, '2026-02-03'),
      scored('client', 1, '2026-02-03', { goalId: ids.secondGoal }),
    );
    const drop = (outcome: 'no-longer-wanted' | 'not-attained' | 'not-attainable') =>
      attainmentByRater(
        factsOf(
          and(both, {
            type: 'PlanAdapted',
            data: {
              revision: 2,
              baseRevision: 1,
              reasonCode: 'setback',
              reasonText: 'It did not work',
              triggeredBy: [],
              changes: [{ op: 'goal-dropped', goalId: ids.goal, outcome }],
              agreedBy: ['client', 'coach'],
              sponsorInformed: false,
              effectiveOn: '2026-02-10',
            },
          }),
        ),
        '2026-03-01',
      );
    expect(drop('no-longer-wanted')).toMatchObject([{ goals: 1, now: 60 }]);
    expect(drop('not-attained')).toMatchObject([
      {
        goals: 2,
        now: tScore([
          { level: -2, weight: 1 },
          { level: 1, weight: 2 },
        ]),
      },
    ]);
    expect(drop('not-attainable')).toMatchObject([{ goals: 2 }]);
  });

  it('keeps a goal on hold and one abandoned', () => {
    const facts = factsOf(
      and(
        two,
        scored('coach', -2, '2026-02-03'),
        at('2026-02-04T00:00:00.000Z', {
          type: 'GoalAbandoned',
          data: { goalId: ids.goal, reason: 'moved', notAttainable: false, milestones: {} },
        }),
        scored('coach', 0, '2026-02-05', { goalId: ids.secondGoal }),
        { type: 'GoalPutOnHold', data: { goalId: ids.secondGoal, reason: 'later' } },
      ),
    );
    expect(attainmentByRater(facts, '2026-03-01')).toMatchObject([{ rater: 'coach', goals: 2 }]);
  });
});
