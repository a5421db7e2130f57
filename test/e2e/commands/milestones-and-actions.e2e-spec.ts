import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone } from '../../support/answers';
import {
  actionBody,
  aGoal,
  aMilestone,
  anAction,
  anEngagement,
  done,
  milestoneBody,
  now,
  today,
  tomorrow,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const reason = { reason: 'There is a reason' };

async function withMilestone(more = {}) {
  const on = await anEngagement(cairn);
  const goal = await aGoal(on);
  return { on, goal, milestone: await aMilestone(on, goal, more) };
}

describe('Rule 3: a milestone', () => {
  it.each([
    ['after its goal', '2026-07-01', 'milestone-after-goal'],
    ["before its goal's start", '2026-02-28', 'dates-out-of-order'],
  ])('is not due %s', async (_, dueOn, code) => {
    const { on, goal } = await withMilestone();
    expectConflict(await on.post('/milestones', milestoneBody(goal, { dueOn })), code, { rule: 3 });
  });

  it.each(['2026-06-30', '2026-03-01'])('may be due on the day itself, %s', async (dueOn) => {
    const { on, goal } = await withMilestone();
    expectDone(await on.post('/milestones', milestoneBody(goal, { dueOn })), 'milestoneId');
  });
});

describe('Rule 3: an action', () => {
  it('is due no later than its milestone', async () => {
    const { on, milestone } = await withMilestone();
    const late = await on.post('/actions', actionBody(milestone, { dueOn: '2026-06-01' }));
    expectConflict(late, 'action-after-milestone', { rule: 3 });
    expectDone(await on.post('/actions', actionBody(milestone, { dueOn: '2026-05-31' })), 'actionId');
  });
});

describe('Planning', () => {
  it('takes an id that is free, and names things that are there', async () => {
    const { on, goal, milestone } = await withMilestone();
    const milestoneId = randomUUID();
    const chosen = await on.post('/milestones', milestoneBody(goal, { milestoneId }));
    expect(chosen.body.milestoneId).toBe(milestoneId);
    const actionId = randomUUID();
    const action = await on.post('/actions', actionBody(milestone, { actionId, owner: 'sponsor', commitment: 10 }));
    expect(action.body.actionId).toBe(actionId);
    for (const taken of [goal, milestone, actionId]) {
      expectConflict(await on.post('/milestones', milestoneBody(goal, { milestoneId: taken })), 'already-exists');
      expectConflict(await on.post('/actions', actionBody(milestone, { actionId: taken })), 'already-exists');
    }
    expectConflict(await on.post('/milestones', milestoneBody(randomUUID())), 'unknown-reference');
    expectConflict(await on.post('/milestones', milestoneBody(milestone)), 'unknown-reference');
    expectConflict(await on.post('/actions', actionBody(randomUUID())), 'unknown-reference');
    expectConflict(await on.post('/actions', actionBody(goal)), 'unknown-reference');
  });

  it('numbers the milestones of a goal from 1, and a taken place shifts the rest', async () => {
    const { on, goal, milestone: first } = await withMilestone({ title: 'First' });
    const second = await aMilestone(on, goal);
    const between = await aMilestone(on, goal, { order: 2 });
    const after = done(await on.post('/setbacks', { description: 'Nothing' }));
    const plan = await on.coach.get(on.at('/plan'), { 'min-position': after.body.position as string });
    const places = (plan.body.milestones as { milestoneId: string; order: number }[])
      .toSorted((a, b) => a.order - b.order)
      .map(({ milestoneId, order }) => [order, milestoneId]);
    expect(places).toEqual([
      [1, first],
      [2, between],
      [3, second],
    ]);
  });
});

type Step = readonly [what: string, code?: string];
const bodies: Record<string, object> = { reach: { reachedOn: today }, miss: {}, reopen: reason, drop: reason };

async function walk(on: Case, path: string, steps: readonly Step[], by: Record<string, object>): Promise<void> {
  for (const [what, code] of steps) {
    const answer = await on.post(`${path}/${what}`, { ...by[what] });
    if (code === undefined) expectDone(answer);
    else expectConflict(answer, code);
  }
}

const no = 'wrong-state';

describe('The states of a milestone', () => {
  it.each<[string, readonly Step[]]>([
    ['planned', [['reopen', no], ['reach']]],
    ['reached', [['reach'], ['reach', no], ['miss', no], ['drop', no], ['reopen'], ['reach']]],
    ['missed', [['miss'], ['miss', no], ['reopen'], ['miss'], ['reach']]],
    ['missed and dropped', [['miss'], ['drop'], ['reopen', no]]],
    ['dropped', [['drop'], ['reach', no], ['miss', no], ['reopen', no], ['drop', no]]],
  ])('%s', async (_, steps) => {
    const { on, milestone } = await withMilestone();
    await walk(on, `/milestones/${milestone}`, steps, bodies);
  });

  it('none is reached in the future (rule 4)', async () => {
    const { on, milestone } = await withMilestone();
    const answer = await on.post(`/milestones/${milestone}/reach`, { reachedOn: tomorrow });
    expectConflict(answer, 'in-the-future', { rule: 4 });
  });

  it('keeps what was said of it', async () => {
    const { on, milestone } = await withMilestone();
    const answer = await on.post(`/milestones/${milestone}/reach`, { reachedOn: '2026-03-20', evidence: 'A link' });
    expect(await eventsOf(on, answer)).toMatchObject([
      { data: { milestoneId: milestone, reachedOn: '2026-03-20', evidence: 'A link' } },
    ]);
  });
});

describe('The states of an action', () => {
  const actions = { complete: { completedOn: today }, drop: reason };

  it.each<[string, readonly Step[]]>([
    ['completed', [['complete'], ['complete', no], ['drop', no]]],
    ['dropped', [['drop'], ['drop', no], ['complete', no]]],
  ])('%s', async (_, steps) => {
    const { on, milestone } = await withMilestone();
    await walk(on, `/actions/${await anAction(on, milestone)}`, steps, actions);
  });

  it('none is completed in the future (rule 4)', async () => {
    const { on, milestone } = await withMilestone();
    const action = await anAction(on, milestone);
    const answer = await on.post(`/actions/${action}/complete`, { completedOn: tomorrow });
    expectConflict(answer, 'in-the-future', { rule: 4 });
  });

  it('dropping a milestone takes its open actions along, reaching it leaves them', async () => {
    const { on, goal, milestone } = await withMilestone();
    const other = await aMilestone(on, goal);
    const [gone, left] = [await anAction(on, milestone), await anAction(on, other)];
    done(await on.post(`/milestones/${milestone}/drop`, reason));
    done(await on.post(`/milestones/${other}/reach`, { reachedOn: today }));
    expectConflict(await on.post(`/actions/${gone}/complete`, { completedOn: today }), 'wrong-state');
    expectDone(await on.post(`/actions/${left}/complete`, { completedOn: today }));
  });
});
