import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectInvalid, overviewAfter } from '../../support/answers';
import {
  aGoal,
  aMilestone,
  anEngagement,
  aProposedGoal,
  attainmentScale,
  done,
  goalBody,
  now,
  today,
  tomorrow,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn, type Answer } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const reason = { reason: 'There is a reason' };
const onGoal = (on: Case, id: string, what: string, body = {}) => on.post(`/goals/${id}/${what}`, body);
const achieve = (on: Case, id: string, more = {}) => onGoal(on, id, 'achieve', { achievedOn: today, ...more });

async function lifecycleAfter(on: Case, answer: Answer, id: string): Promise<unknown> {
  const { goals } = (await overviewAfter(on, done(answer))).body;
  return (goals as { goalId: string; lifecycle: string }[]).find(({ goalId }) => goalId === id)?.lifecycle;
}

describe('A goal that is set', () => {
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(goalBody()).filter(([name]) => !names.includes(name)));

  it.each([
    ['a measure only', without('attainmentScale')],
    ['a scale only', without('measure')],
    ['an id of its own', goalBody({ goalId: randomUUID() })],
    ['a weight of 0 and a rank', goalBody({ weight: 0, rank: 2 })],
    ['a weight of 100, the whole time of the engagement', goalBody({ weight: 100, dueOn: '2026-12-31' })],
    ['dates outside the engagement, with a reason', goalBody({ dueOn: '2027-02-01', datesOverrideReason: 'Agreed' })],
  ])('may have %s', async (_, body) => {
    const answer = await (await anEngagement(cairn)).post('/goals', body);
    expectDone(answer, 'goalId');
    if ('goalId' in body) expect(answer.body.goalId).toBe(body.goalId);
  });

  it('has a measure or a scale', async () => {
    expectInvalid(await (await anEngagement(cairn)).post('/goals', without('measure', 'attainmentScale')));
  });

  it.each([
    ['four levels', attainmentScale.slice(1)],
    ['a level twice', [...attainmentScale.slice(1), attainmentScale[1]]],
    ['six levels', [...attainmentScale, attainmentScale[0]]],
  ])('has no scale with %s', async (_, scale) => {
    const answer = await (await anEngagement(cairn)).post('/goals', goalBody({ attainmentScale: scale }));
    expectInvalid(answer, 'attainmentScale');
  });

  it.each([
    ['due before it starts', 'dates-out-of-order', { startOn: '2026-05-02', dueOn: '2026-05-01' }],
    ['due when it starts', 'dates-out-of-order', { startOn: '2026-05-01', dueOn: '2026-05-01' }],
    [
      'due when it starts, whatever the reason',
      'dates-out-of-order',
      { dueOn: '2026-03-01', datesOverrideReason: 'So' },
    ],
    ['starting before the engagement', 'outside-engagement', { startOn: '2026-02-28' }],
    ['due after the engagement', 'outside-engagement', { dueOn: '2027-01-01' }],
  ])('is not %s (rule 3)', async (_, code, dates) => {
    expectConflict(await (await anEngagement(cairn)).post('/goals', goalBody(dates)), code, { rule: 3 });
  });

  it('does not take the id of another thing', async () => {
    const on = await anEngagement(cairn);
    const goalId = await aGoal(on);
    const milestoneId = await aMilestone(on, goalId);
    for (const taken of [goalId, milestoneId]) {
      expectConflict(await on.post('/goals', goalBody({ goalId: taken })), 'already-exists');
    }
    const other = await anEngagement(cairn);
    expectDone(await other.post('/goals', goalBody({ goalId })), 'goalId');
  });
});

describe('Rule 6: at most three goals are active', () => {
  async function full(): Promise<Case & { first: string }> {
    const on = await anEngagement(cairn);
    const first = await aGoal(on);
    await aGoal(on);
    await aGoal(on);
    return { ...on, first };
  }

  it('a fourth is neither set nor accepted, but proposed', async () => {
    const on = await full();
    expectConflict(await on.post('/goals', goalBody()), 'too-many-active-goals', { rule: 6 });
    const proposed = await aProposedGoal(on);
    const accepted = await on.post(`/goals/${proposed}/accept`, {}, on.client);
    expectConflict(accepted, 'too-many-active-goals', { rule: 6 });
  });

  it('one on hold leaves its place, and returns when there is one', async () => {
    const on = await full();
    done(await onGoal(on, on.first, 'hold', reason));
    const fourth = await aGoal(on);
    expectConflict(await onGoal(on, on.first, 'resume'), 'too-many-active-goals', { rule: 6 });
    done(await achieve(on, fourth));
    expectDone(await onGoal(on, on.first, 'resume'));
  });
});

describe('The lifecycle of a goal', () => {
  it('proposed, then accepted with its whole body', async () => {
    const on = await anEngagement(cairn);
    const id = await aProposedGoal(on);
    const accepted = await on.post(`/goals/${id}/accept`, {}, on.client);
    expectDone(accepted);
    expect(await eventsOf(on, accepted)).toMatchObject([
      { type: 'GoalSet', data: { goalId: id, ...goalBody({ source: 'sponsor' }), weight: 1 } },
    ]);
    expect(await lifecycleAfter(on, accepted, id)).toBe('active');
    expectConflict(await on.post(`/goals/${id}/accept`, {}, on.client), 'wrong-state');
    expectConflict(await on.post(`/goals/${id}/reject`, reason, on.client), 'wrong-state');
  });

  it('proposed, then rejected', async () => {
    const on = await anEngagement(cairn);
    const id = await aProposedGoal(on);
    const rejected = await on.post(`/goals/${id}/reject`, reason, on.client);
    expect(await lifecycleAfter(on, rejected, id)).toBe('rejected');
    expectConflict(await on.post(`/goals/${id}/accept`, {}, on.client), 'wrong-state');
  });

  it('active, on hold, active, completed', async () => {
    const on = await anEngagement(cairn);
    const id = await aGoal(on);
    expectConflict(await onGoal(on, id, 'resume'), 'wrong-state', { detail: /active/ });
    expect(await lifecycleAfter(on, await onGoal(on, id, 'hold', reason), id)).toBe('on-hold');
    expectConflict(await onGoal(on, id, 'hold', reason), 'wrong-state');
    expect(await lifecycleAfter(on, await onGoal(on, id, 'resume'), id)).toBe('active');
    expect(await lifecycleAfter(on, await achieve(on, id), id)).toBe('completed');
    for (const what of ['achieve', 'hold', 'resume', 'abandon']) {
      const body = what === 'achieve' ? { achievedOn: today } : what === 'resume' ? {} : reason;
      expectConflict(await onGoal(on, id, what, body), 'wrong-state', { detail: /completed/ });
    }
  });

  it('on hold, then cancelled or completed', async () => {
    const on = await anEngagement(cairn);
    const [one, two] = [await aGoal(on), await aGoal(on)];
    for (const id of [one, two]) done(await onGoal(on, id, 'hold', reason));
    expect(await lifecycleAfter(on, await onGoal(on, one, 'abandon', reason), one)).toBe('cancelled');
    expect(await lifecycleAfter(on, await achieve(on, two), two)).toBe('completed');
  });

  it('a proposed one is neither held, achieved nor abandoned', async () => {
    const on = await anEngagement(cairn);
    const id = await aProposedGoal(on);
    for (const what of ['hold', 'abandon']) expectConflict(await onGoal(on, id, what, reason), 'wrong-state');
    expectConflict(await achieve(on, id), 'wrong-state');
  });

  it('is not achieved in the future (rule 4)', async () => {
    const on = await anEngagement(cairn);
    const id = await aGoal(on);
    expectConflict(await achieve(on, id, { achievedOn: tomorrow }), 'in-the-future', { rule: 4 });
  });
});
