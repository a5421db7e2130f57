import { adapt, agreePlan, aGoal, aProposedGoal, done, measure, type Body, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { engagementSince, observe, on, score } from '../../support/past';
import { read } from '../../support/reading';
import { overview, plan, progress } from '../../support/shapes';

const today = '2026-06-01';
const start = '2026-01-01';
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now: `${today}T09:00:00.000Z` });
});
afterAll(() => cairn.stop());

type Prepared = { readonly of: Case; readonly goal: string };

/** From 0 to 10 applications a month, unless said otherwise. */
async function prepared(more: Body = {}): Promise<Prepared> {
  const of = await engagementSince(cairn, start);
  return { of, goal: await aGoal(of, { startOn: start, dueOn: '2026-11-30', ...on(start), ...more }) };
}

async function achievementOf({ of, goal }: Prepared, asOf?: string): Promise<string> {
  await cairn.settled();
  if (asOf !== undefined) {
    const then = await read(of.coach, of.at(`/progress?asOf=${asOf}`), progress);
    return then.goals.find(({ goalId }) => goalId === goal)!.achievement;
  }
  const now = await read(of.coach, of.at('/progress'), progress);
  const { achievement } = now.goals.find(({ goalId }) => goalId === goal)!;
  const seen = (await read(of.coach, of.at(''), overview)).goals.find(({ goalId }) => goalId === goal);
  expect(seen?.achievement).toBe(achievement);
  return achievement;
}

const day = (number: number) => `2026-02-${String(number).padStart(2, '0')}`;

describe('The achievement of a goal with a measure', () => {
  it.each([
    ['in-progress', []],
    ['in-progress', [4]],
    ['improving', [3, 4]],
    ['worsening', [4, 3]],
    ['no-change', [4, 4]],
    ['sustaining', [10, 10]],
    ['sustaining', [12, 10]],
    ['improving', [9, 10]],
    ['worsening', [5, 6, 4]],
  ])('is %s after %j', async (achievement, values) => {
    const at = await prepared();
    for (const [index, value] of values.entries()) await observe(at.of, at.goal, value, day(index + 1));
    expect(await achievementOf(at)).toBe(achievement);
    expect(await achievementOf(at, today)).toBe(achievement);
  });

  it.each([
    ['improving', [30, 20]],
    ['worsening', [20, 30]],
    ['sustaining', [5, 4]],
  ])('that is to decrease is %s after %j', async (achievement, values) => {
    const at = await prepared({ measure: { ...measure, baseline: 40, target: 5, direction: 'decrease' } });
    for (const [index, value] of values.entries()) await observe(at.of, at.goal, value, day(index + 1));
    expect(await achievementOf(at)).toBe(achievement);
  });

  it('goes by the day of observation', async () => {
    const at = await prepared();
    await observe(at.of, at.goal, 6, day(10));
    await observe(at.of, at.goal, 3, day(5));
    expect(await achievementOf(at)).toBe('improving');
    expect(await achievementOf(at, day(9))).toBe('in-progress');
  });

  it('does not go by what was corrected', async () => {
    const at = await prepared();
    await observe(at.of, at.goal, 3, day(1));
    const wrong = await observe(at.of, at.goal, 8, day(2));
    await observe(at.of, at.goal, 2, day(2), 'client', { corrects: (wrong.body.eventIds as readonly string[])[0] });
    expect(await achievementOf(at)).toBe('worsening');
  });
});

describe('The achievement of a goal with a scale', () => {
  it.each([
    ['in-progress', [-1]],
    ['improving', [-2, -1]],
    ['worsening', [1, -1]],
    ['no-change', [-1, -1]],
    ['sustaining', [0, 0]],
    ['sustaining', [2, 1]],
  ])('is %s after %j', async (achievement, levels) => {
    const at = await prepared();
    for (const [index, level] of levels.entries()) await score(at.of, at.goal, level, day(index + 1));
    expect(await achievementOf(at)).toBe(achievement);
  });

  it('goes by the rater and the kind of the newest observation', async () => {
    const at = await prepared();
    await score(at.of, at.goal, -2, day(1), 'coach');
    await observe(at.of, at.goal, 9, day(2));
    await score(at.of, at.goal, 1, day(3));
    expect(await achievementOf(at)).toBe('in-progress');
    await score(at.of, at.goal, -1, day(4), 'coach');
    expect(await achievementOf(at)).toBe('improving');
    await observe(at.of, at.goal, 5, day(5));
    expect(await achievementOf(at)).toBe('worsening');
  });
});

describe('The achievement of a goal', () => {
  it('starts again after a retarget', async () => {
    const at = await prepared();
    await agreePlan(at.of, on('2026-01-05'));
    await observe(at.of, at.goal, 3, day(1));
    await observe(at.of, at.goal, 4, day(2));
    const to = { measure: { ...measure, target: 20 } };
    const change = { op: 'goal-retargeted', goalId: at.goal, from: { measure }, to };
    done(await adapt(at.of, [change], { effectiveOn: day(3), ...on(day(3)) }));
    expect(await achievementOf(at)).toBe('in-progress');
    await observe(at.of, at.goal, 4, day(10));
    expect(await achievementOf(at)).toBe('in-progress');
    await observe(at.of, at.goal, 5, day(11));
    expect(await achievementOf(at)).toBe('improving');
  });

  it('is no-progress when it was due and never observed', async () => {
    const at = await prepared({ dueOn: '2026-03-01' });
    expect(await achievementOf(at)).toBe('no-progress');
    expect(await achievementOf(at, '2026-02-27')).toBe('in-progress');
    await observe(at.of, at.goal, 3, '2026-05-01');
    expect(await achievementOf(at)).toBe('in-progress');
  });

  it('is achieved once achieved', async () => {
    const at = await prepared();
    await observe(at.of, at.goal, 3, day(1));
    done(await at.of.post(`/goals/${at.goal}/achieve`, { achievedOn: day(20) }));
    expect(await achievementOf(at)).toBe('achieved');
    expect(await achievementOf(at, day(19))).toBe('in-progress');
    const { goals } = await read(at.of.client, at.of.at('/plan'), plan);
    expect(goals).toMatchObject([{ goalId: at.goal, lifecycle: 'completed', achievement: 'achieved' }]);
  });

  it.each([
    ['not-achieved', {}],
    ['not-attainable', { notAttainable: true }],
  ])('is %s once abandoned with %j', async (achievement, more) => {
    const at = await prepared();
    await observe(at.of, at.goal, 3, day(1));
    done(await at.of.post(`/goals/${at.goal}/abandon`, { reason: 'Too far', ...more }));
    expect(await achievementOf(at)).toBe(achievement);
  });

  it.each([
    ['not-achieved', 'no-longer-wanted'],
    ['not-achieved', 'not-attained'],
    ['not-attainable', 'not-attainable'],
  ])('is %s once dropped as %s', async (achievement, outcome) => {
    const at = await prepared();
    await agreePlan(at.of, on('2026-01-05'));
    done(await adapt(at.of, [{ op: 'goal-dropped', goalId: at.goal, outcome }], { effectiveOn: day(1) }));
    expect(await achievementOf(at)).toBe(achievement);
    expect((await read(at.of.coach, at.of.at('/plan'), plan)).goals).toEqual([]);
  });

  it('is in-progress while proposed or rejected, though due', async () => {
    const of = await engagementSince(cairn, start, { sponsor: true });
    const goal = await aProposedGoal(of, { startOn: start, dueOn: '2026-03-01', ...on(start) });
    expect(await achievementOf({ of, goal })).toBe('in-progress');
    done(await of.post(`/goals/${goal}/reject`, { reason: 'Not mine' }, of.client));
    expect(await achievementOf({ of, goal })).toBe('in-progress');
  });
});
