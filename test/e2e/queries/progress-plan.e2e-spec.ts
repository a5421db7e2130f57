import { randomUUID } from 'node:crypto';
import { adapt, aGoal, agreePlan, aMilestone, done, type Body, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { engagementSince, on } from '../../support/past';
import { byText, read } from '../../support/reading';
import { overview, type Progress, progress } from '../../support/shapes';

const today = '2026-05-01';
const start = '2026-01-01';
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now: `${today}T09:00:00.000Z` });
});
afterAll(() => cairn.stop());

async function progressOf(of: Case, asOf?: string): Promise<Progress> {
  await cairn.settled();
  if (asOf !== undefined) return read(of.coach, of.at(`/progress?asOf=${asOf}`), progress);
  const now = await read(of.coach, of.at('/progress'), progress);
  expect(await read(of.coach, of.at(`/progress?asOf=${today}`), progress)).toEqual(now);
  return now;
}

const goalOf = (of: Case) => aGoal(of, { startOn: start, dueOn: '2026-11-30', ...on(start) });
const milestoneOf = (of: Case, goal: string, dueOn = '2026-03-01') => aMilestone(of, goal, { dueOn, ...on(start) });
const reach = async (of: Case, id: string, reachedOn: string) =>
  done(await of.post(`/milestones/${id}/reach`, { reachedOn }));

describe('Milestone completion', () => {
  it('is 75 % of the current scope and 60 % of the baseline scope', async () => {
    const of = await engagementSince(cairn, start);
    const goal = await goalOf(of);
    const ids = [];
    for (let n = 0; n < 5; n += 1) ids.push(await milestoneOf(of, goal));
    expect((await progressOf(of)).completion).toEqual({
      reached: 0,
      inScope: 5,
      baselineReached: 0,
      baselineScope: 0,
      current: 0,
      baseline: null,
    });
    await agreePlan(of, on('2026-01-10'));
    done(await adapt(of, [{ op: 'milestone-dropped', milestoneId: ids[4] }], { effectiveOn: '2026-02-01' }));
    for (const id of ids.slice(0, 3)) await reach(of, id, '2026-02-10');

    const whole = { reached: 3, inScope: 4, baselineReached: 3, baselineScope: 5, current: 0.75, baseline: 0.6 };
    const answer = await progressOf(of);
    expect(answer.completion).toEqual(whole);
    expect(answer.goals[0]?.completion).toEqual(whole);
    expect(answer.goals[0]?.milestones.map(({ state }) => state).sort(byText)).toEqual([
      'dropped',
      'planned',
      'reached',
      'reached',
      'reached',
    ]);
    expect((await read(of.coach, of.at(''), overview)).goals[0]?.completion).toBe(0.75);
    expect((await progressOf(of, '2026-01-31')).completion).toMatchObject({ inScope: 5, current: 0, baseline: 0 });
    expect((await progressOf(of, '2026-02-01')).completion).toMatchObject({ inScope: 4, baselineScope: 5 });
  });

  it('has what was added after the agreement in the current scope only', async () => {
    const of = await engagementSince(cairn, start);
    const goal = await goalOf(of);
    await reach(of, await milestoneOf(of, goal), '2026-02-10');
    await agreePlan(of, on('2026-02-11'));
    const body = { milestoneId: randomUUID(), goalId: goal, title: 'One more', criterion: 'Done', dueOn: '2026-06-01' };
    done(await adapt(of, [{ op: 'milestone-added', milestone: body }], { effectiveOn: '2026-02-20' }));
    const answer = await progressOf(of);
    expect(answer.completion).toEqual({
      reached: 1,
      inScope: 2,
      baselineReached: 1,
      baselineScope: 1,
      current: 0.5,
      baseline: 1,
    });
    expect(answer.goals[0]?.milestones.find(({ title }) => title === 'One more')?.baselineDueOn).toBeNull();
  });
});

describe('Slippage', () => {
  it('is +9 days against the baseline and −5 against the current date', async () => {
    const of = await engagementSince(cairn, start);
    const goal = await goalOf(of);
    const [moved, open] = [await milestoneOf(of, goal), await milestoneOf(of, goal, '2026-05-11')];
    await agreePlan(of, on('2026-01-10'));
    const redated = { op: 'milestone-redated', milestoneId: moved, from: '2026-03-01', to: '2026-03-15' };
    done(await adapt(of, [redated], { effectiveOn: '2026-02-20' }));
    await reach(of, moved, '2026-03-10');

    const of_ = async (asOf?: string) => {
      const answer = await progressOf(of, asOf);
      return answer.goals[0]?.milestones.find(({ milestoneId }) => milestoneId === moved);
    };
    const answer = await progressOf(of);
    expect(await of_()).toMatchObject({
      state: 'reached',
      baselineDueOn: '2026-03-01',
      dueOn: '2026-03-15',
      reachedOn: '2026-03-10',
      slippageDays: { baseline: 9, current: -5 },
    });
    expect(answer.milestonesOnTime).toEqual({ reached: 1, onTimeBaseline: 0, onTimeCurrent: 1 });
    expect(answer.goals[0]?.milestones.find(({ milestoneId }) => milestoneId === open)?.slippageDays).toEqual({
      baseline: -10,
      current: -10,
    });
    expect(await of_('2026-03-09')).toMatchObject({ state: 'planned', slippageDays: { baseline: 8, current: -6 } });
    expect(await of_('2026-02-19')).toMatchObject({
      dueOn: '2026-03-01',
      slippageDays: { baseline: -10, current: -10 },
    });
  });

  it('has no baseline before the agreement', async () => {
    const of = await engagementSince(cairn, start);
    await reach(of, await milestoneOf(of, await goalOf(of)), '2026-03-01');
    const [milestone] = (await progressOf(of)).goals[0]!.milestones;
    expect(milestone).toMatchObject({ baselineDueOn: null, slippageDays: { baseline: null, current: 0 } });
  });
});

describe('Plan volatility', () => {
  /** Adapted on these days; only the weight changes, so that nothing else does. */
  async function adapted(of: Case, times: readonly (readonly [day: string, reasonCode: string])[]): Promise<void> {
    const goal = await goalOf(of);
    await agreePlan(of, on('2026-01-05'));
    for (const [index, [effectiveOn, reasonCode]] of times.entries()) {
      const change = { op: 'goal-reweighted', goalId: goal, from: index + 1, to: index + 2 };
      done(await adapt(of, [change], { baseRevision: index + 1, effectiveOn, reasonCode }));
    }
  }

  it('is 1.00343 for three adaptations in 91 days', async () => {
    const of = await engagementSince(cairn, start);
    await adapted(of, [
      ['2026-01-20', 'circumstances'],
      ['2026-02-01', 'data-correction'],
      ['2026-02-10', 'learning'],
      ['2026-03-30', 'barrier'],
    ]);
    const { volatility } = await progressOf(of, '2026-04-02');
    expect(volatility).toMatchObject({ adaptations: 3, activeDays: 91 });
    expect(volatility.perMonth).toBeCloseTo(1.00343, 5);
    expect((await progressOf(of, '2026-02-09')).volatility).toMatchObject({ adaptations: 1, activeDays: 39 });
    expect((await progressOf(of)).volatility).toMatchObject({ adaptations: 3, activeDays: 120 });
    expect((await progressOf(of, start)).volatility).toEqual({ adaptations: 0, activeDays: 0, perMonth: null });
  });

  it('is 1.18588 when it was paused for 14 of them', async () => {
    const of = await engagementSince(cairn, start);
    await adapted(of, [
      ['2026-01-20', 'circumstances'],
      ['2026-02-10', 'learning'],
      ['2026-02-11', 'barrier'],
    ]);
    done(await of.post('/pause', { reason: 'Illness', ...on('2026-03-01') }));
    done(await of.post('/resume', on('2026-03-15')));
    const { volatility } = await progressOf(of, '2026-04-02');
    expect(volatility).toMatchObject({ adaptations: 3, activeDays: 77 });
    expect(volatility.perMonth).toBeCloseTo(1.18588, 5);
    expect((await progressOf(of, '2026-03-10')).volatility.activeDays).toBe(59);
  });

  it('counts no day after the end, and none between an end and a reopening', async () => {
    const of = await engagementSince(cairn, start);
    await adapted(of, [['2026-01-20', 'circumstances']]);
    done(await of.post('/end-early', { reason: 'Moved', ...on('2026-01-31') }));
    const { volatility } = await progressOf(of);
    expect(volatility).toMatchObject({ adaptations: 1, activeDays: 30 });
    expect(volatility.perMonth).toBeCloseTo(30.4375 / 30, 10);
    done(await of.post('/reopen', { reason: 'Came back', ...on('2026-03-01') }));
    expect((await progressOf(of, '2026-03-11')).volatility.activeDays).toBe(40);
  });
});

describe('Barrier resolution', () => {
  async function barrier(of: Case, from: string, to?: string, more: Body = {}): Promise<string> {
    const body = { category: 'skill', description: 'No time', severity: 2, affects: [], ...on(from), ...more };
    const id = done(await of.post('/barriers', body)).body.barrierId as string;
    if (to !== undefined) done(await of.post(`/barriers/${id}/resolve`, { outcome: 'Solved', resolvedOn: to }));
    return id;
  }

  it('is the sum of the open intervals: 8 days', async () => {
    const of = await engagementSince(cairn, start);
    const id = await barrier(of, start, '2026-01-06');
    done(await of.post(`/barriers/${id}/reopen`, { reason: 'It came back', ...on('2026-01-10') }));
    done(await of.post(`/barriers/${id}/resolve`, { outcome: 'Solved', resolvedOn: '2026-01-13' }));
    expect((await progressOf(of)).barriers).toEqual({ open: [], resolved: { count: 1, medianDays: 8, meanDays: 8 } });
    expect((await progressOf(of, '2026-01-08')).barriers).toEqual({
      open: [],
      resolved: { count: 1, medianDays: 5, meanDays: 5 },
    });
    expect((await progressOf(of, '2026-01-12')).barriers).toEqual({
      open: [{ barrierId: id, severity: 2, ageDays: 7 }],
      resolved: { count: 0, medianDays: null, meanDays: null },
    });
  });

  it('has a median of 12 and a mean of 15.67 for 5, 12 and 30 days, and leaves open ones out', async () => {
    const of = await engagementSince(cairn, start);
    await barrier(of, start, '2026-01-06');
    await barrier(of, start, '2026-01-13');
    await barrier(of, start, '2026-01-31');
    const open = await barrier(of, '2026-04-21', undefined, { severity: 5 });
    const { barriers } = await progressOf(of);
    expect(barriers.resolved).toMatchObject({ count: 3, medianDays: 12 });
    expect(barriers.resolved.meanDays).toBeCloseTo(15.67, 2);
    expect(barriers.open).toEqual([{ barrierId: open, severity: 5, ageDays: 10 }]);
  });
});

describe('A day to ask of', () => {
  it.each([
    ['in the future', '2026-05-02', 400],
    ['that is none', '2026-02-30', 400],
    ['before the engagement was proposed', '2025-12-31', 404],
    ['on which it was proposed', start, 200],
  ])('%s', async (_, asOf, status) => {
    const of = await engagementSince(cairn, start);
    await cairn.settled();
    expect((await of.client.get(of.at(`/progress?asOf=${asOf}`))).status).toBe(status);
  });
});
