import { adapt, aGoal, agreePlan, done, goalBody, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { engagementSince, on, score } from '../../support/past';
import { read } from '../../support/reading';
import { type Progress, progress } from '../../support/shapes';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now: '2024-08-01T09:00:00.000Z', settings: { activeGoalCap: 10 } });
});
afterAll(() => cairn.stop());

const start = '2024-03-01';
const since = () => engagementSince(cairn, start);
const goalOf = (of: Case, weight = 1, specific = 'Walk the dog') =>
  aGoal(of, { specific, weight, startOn: start, dueOn: '2024-12-01', ...on(start) });

/** The progress as the rows have it, which is also that of today. */
async function progressOf(of: Case, asOf?: string): Promise<Progress> {
  await cairn.settled();
  if (asOf !== undefined) return read(of.coach, of.at(`/progress?asOf=${asOf}`), progress);
  const now = await read(of.coach, of.at('/progress'), progress);
  expect(await read(of.coach, of.at('/progress?asOf=2024-08-01'), progress)).toEqual(now);
  return now;
}

const of = (rater: 'client' | 'coach', answer: Progress) => answer.attainment.find((one) => one.rater === rater);
const levels = (rater: 'client' | 'coach', goal: string, answer: Progress) =>
  answer.goals.find(({ goalId }) => goalId === goal)?.attainment.find((one) => one.rater === rater);

describe('T', () => {
  it.each([
    { x: [2, 1, 0, -2, 1], w: [1, 1, 1, 1, 1], t: 56.03023 },
    { x: [2, 2, 2], w: [1, 1, 1], t: 77.38613 },
    { x: [1, 0, 2], w: [1, 1, 1], t: 63.69306 },
    { x: [-2, 0, -1, 2, 0, 1], w: [3, 5, 1, 4, 2, 6], t: 55 },
    { x: [-1, -1, -1], w: [1, 1, 1], t: 36.30694 },
    { x: [2, 1, -1], w: [3, 2, 1], t: 65.42284 },
    { x: [1], w: [3], t: 60 },
    { x: [0, 0, 0, 0], w: [1, 7, 0.5, 100], t: 50 },
    { x: [2, 2, 2], w: [0, 0, 0], t: 77.38613 },
  ])('of $x with weights $w is $t', async ({ x, w, t }) => {
    const case_ = await since();
    for (const [index, level] of x.entries()) await score(case_, await goalOf(case_, w[index]), level, '2024-04-03');
    const answer = await progressOf(case_);
    expect(answer.attainment).toHaveLength(1);
    expect(of('client', answer)).toMatchObject({ goals: x.length, change: 0 });
    expect(of('client', answer)?.baseline).toBeCloseTo(t, 4);
    expect(of('client', answer)?.now).toBeCloseTo(t, 4);
  });

  it('of the published case goes from 40 to 60', async () => {
    const case_ = await since();
    const goal = await goalOf(case_);
    await score(case_, goal, -1, '2024-04-03');
    await score(case_, goal, -1, '2024-04-03', 'coach');
    await score(case_, goal, 1, '2024-05-10');

    const now = await progressOf(case_);
    expect(of('client', now)).toEqual({ rater: 'client', goals: 1, baseline: 40, now: 60, change: 20 });
    expect(of('coach', now)).toEqual({ rater: 'coach', goals: 1, baseline: 40, now: 40, change: 0 });
    expect(now.attainment).toHaveLength(2);
    expect(levels('client', goal, now)).toEqual({
      rater: 'client',
      baseline: -1,
      level: 1,
      observedOn: '2024-05-10',
      followUpDays: 37,
    });
    expect(levels('coach', goal, now)).toMatchObject({ baseline: -1, level: -1, followUpDays: 0 });

    const between = await progressOf(case_, '2024-05-09');
    expect(of('client', between)).toEqual({ rater: 'client', goals: 1, baseline: 40, now: 40, change: 0 });
    expect(of('client', await progressOf(case_, '2024-05-10'))?.now).toBe(60);
    expect((await progressOf(case_, '2024-04-02')).attainment).toEqual([]);
  });

  it('takes the first and the last by the day they were observed, whatever was recorded first', async () => {
    const case_ = await since();
    const goal = await goalOf(case_);
    await score(case_, goal, 1, '2024-05-10');
    await score(case_, goal, 2, '2024-05-10');
    await score(case_, goal, -2, '2024-04-01');
    const now = await progressOf(case_);
    expect(levels('client', goal, now)).toMatchObject({ baseline: -2, level: 2, followUpDays: 39 });
    expect(of('client', now)).toMatchObject({ baseline: 30, now: 70, change: 40 });
  });

  it('does not count what a later observation corrects', async () => {
    const case_ = await since();
    const goal = await goalOf(case_);
    const wrong = await score(case_, goal, -2, '2024-04-03');
    await score(case_, goal, 0, '2024-05-01');
    const corrects = (wrong.body.eventIds as readonly string[])[0];
    await score(case_, goal, -1, '2024-04-03', 'client', { corrects });
    expect(of('client', await progressOf(case_))).toMatchObject({ baseline: 40, now: 50, change: 10 });
  });

  it('leaves out goals that were never scored', async () => {
    const case_ = await since();
    await goalOf(case_);
    await score(case_, await goalOf(case_), 2, '2024-04-03');
    expect(of('client', await progressOf(case_))).toMatchObject({ goals: 1, now: 70 });
  });
});

describe('Which goals count', () => {
  /** Two goals scored −1 and 2; then something becomes of the second. */
  async function scored() {
    const case_ = await since();
    const [kept, other] = [await goalOf(case_), await goalOf(case_, 1, 'Read the paper')];
    await score(case_, kept, -1, '2024-04-03');
    await score(case_, other, 2, '2024-04-03');
    return { case_, other };
  }
  const both = 50 + 10 / Math.sqrt(0.7 * 2 + 0.3 * 4);

  it.each([
    ['on hold', 'hold', { reason: 'Later' }],
    ['achieved', 'achieve', { achievedOn: '2024-06-01' }],
    ['abandoned', 'abandon', { reason: 'Too far' }],
    ['abandoned as not attainable', 'abandon', { reason: 'Too far', notAttainable: true }],
  ])('a goal that is %s does', async (_, path, body) => {
    const { case_, other } = await scored();
    done(await case_.post(`/goals/${other}/${path}`, body));
    const answer = await progressOf(case_);
    expect(of('client', answer)?.goals).toBe(2);
    expect(of('client', answer)?.now).toBeCloseTo(both, 6);
  });

  it.each([
    ['not-attained', 2, both],
    ['not-attainable', 2, both],
    ['no-longer-wanted', 1, 40],
    [undefined, 1, 40],
  ])('a goal that was dropped as %s', async (outcome, goals, t) => {
    const { case_, other } = await scored();
    await agreePlan(case_, on('2024-04-10'));
    const change = { op: 'goal-dropped', goalId: other, ...(outcome === undefined ? {} : { outcome }) };
    done(await adapt(case_, [change], { effectiveOn: '2024-05-01' }));
    const answer = await progressOf(case_);
    expect(of('client', answer)?.goals).toBe(goals);
    expect(of('client', answer)?.now).toBeCloseTo(t, 6);
    expect(of('client', await progressOf(case_, '2024-04-30'))?.goals).toBe(2);
  });
});

describe('The latest value of a goal', () => {
  it('is the last observed one, with its rater', async () => {
    const case_ = await since();
    const goal = await goalOf(case_);
    const value = (number: number, observedOn: string, rater: 'client' | 'coach') =>
      case_.post(`/goals/${goal}/progress`, { value: number, observedOn, rater }, case_[rater]);
    const latest = (answer: Progress) => answer.goals[0]?.latest;
    expect(latest(await progressOf(case_))).toBeNull();
    done(await value(4.5, '2024-05-01', 'coach'));
    done(await value(3, '2024-04-20', 'client'));
    expect(latest(await progressOf(case_))).toEqual({ value: 4.5, observedOn: '2024-05-01', rater: 'coach' });
    expect(latest(await progressOf(case_, '2024-04-30'))).toEqual({
      value: 3,
      observedOn: '2024-04-20',
      rater: 'client',
    });
  });
});

describe('Progress before there is any', () => {
  it('is all there and empty', async () => {
    const case_ = await engagementSince(cairn, start);
    done(await case_.post('/goals', goalBody({ startOn: start, dueOn: '2024-12-01', ...on(start) })));
    const answer = await progressOf(case_);
    const none = { reached: 0, inScope: 0, baselineReached: 0, baselineScope: 0, current: null, baseline: null };
    expect(answer).toMatchObject({
      engagementId: case_.id,
      asOf: '2024-08-01',
      completion: none,
      attainment: [],
      volatility: { adaptations: 0, activeDays: 153, perMonth: 0 },
      barriers: { open: [], resolved: { count: 0, medianDays: null, meanDays: null } },
      milestonesOnTime: { reached: 0, onTimeBaseline: 0, onTimeCurrent: 0 },
      goals: [
        { lifecycle: 'active', achievement: 'in-progress', baselineDueOn: null, completion: none, milestones: [] },
      ],
    });
  });
});
