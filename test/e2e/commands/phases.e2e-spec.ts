import { expectConflict, expectDone } from '../../support/answers';
import {
  adaptationBody,
  aGoal,
  aMilestone,
  anAgreedPlan,
  anEngagement,
  goalBody,
  now,
  today,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { bring, commandTable, type Row } from '../../support/command-table';
import { callerOf } from '../../support/senders';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

async function sendIn(row: Row, state: 'signed' | 'active', phase: 'signed' | 'paused' | 'ended' | 'agreed') {
  const on = await anEngagement(cairn, { state });
  const [path, body] = await row.prepare(on);
  if (row.needs === 'agreed' && state === 'active') await bring(on, 'agreed');
  if (row.needs !== phase || row.needs !== 'agreed') await bring(on, phase);
  return callerOf(cairn, on, row.by[0]!)[row.method](on.at(path), body);
}

const rowsIn = (letter: string, possible: boolean) =>
  commandTable.filter((row) => row.possible.includes(letter) === possible);

describe('Rule 7: before the start', () => {
  it.each(rowsIn('b', true))('$name is possible', async (row) => {
    expectDone(await sendIn(row, 'signed', 'signed'), row.makes);
  });

  it.each(rowsIn('b', false))('$name is not', async (row) => {
    expectConflict(await sendIn(row, 'signed', 'signed'), 'engagement-not-started');
  });
});

const leadsElsewhere = ['start', 'pause', 'reopen'];

describe('Rule 7: while paused', () => {
  it.each(rowsIn('p', true))('$name goes on', async (row) => {
    expectDone(await sendIn(row, 'active', 'paused'), row.makes);
  });

  it.each(rowsIn('p', false))('$name is refused', async (row) => {
    const code = leadsElsewhere.includes(row.name) ? 'wrong-state' : 'engagement-paused';
    expectConflict(await sendIn(row, 'active', 'paused'), code);
  });

  const corrected = { reasonCode: 'data-correction' };
  const redefined = (goalId: string) => ({
    op: 'goal-redefined',
    goalId,
    from: { specific: goalBody().specific, relevance: goalBody().relevance },
    to: { specific: 'Find a position as a head of department', relevance: 'Leads towards the vision' },
  });

  async function pausedPlan(): Promise<Case & { goal: string }> {
    const on = await anAgreedPlan(cairn);
    await bring(on, 'paused');
    return on;
  }

  it('the plan is corrected by a data-correction that adds nothing', async () => {
    const on = await pausedPlan();
    const answer = await on.post('/plan/adaptations', adaptationBody([redefined(on.goal)], corrected));
    expectDone(answer, 'planRevision');
  });

  it('a data-correction that adds something is refused', async () => {
    const on = await pausedPlan();
    const milestone = {
      milestoneId: on.coach.id,
      goalId: on.goal,
      title: 'New',
      criterion: 'Done',
      dueOn: '2026-05-01',
    };
    const changes = [redefined(on.goal), { op: 'milestone-added', milestone }];
    expectConflict(await on.post('/plan/adaptations', adaptationBody(changes, corrected)), 'engagement-paused');
  });
});

describe('Rule 7: after the end', () => {
  const possible = ['sign', 'reopen'];

  it.each(commandTable.filter(({ name }) => !possible.includes(name)))('$name is refused', async (row) => {
    expectConflict(await sendIn(row, 'active', 'ended'), 'engagement-ended');
  });

  it.each(commandTable.filter(({ name }) => possible.includes(name)))('$name is possible', async (row) => {
    expectDone(await sendIn(row, 'active', 'ended'), row.makes);
  });

  it('a completed engagement is closed like one that ended early, and reading goes on', async () => {
    const on = await anEngagement(cairn);
    await on.post('/complete', { summary: 'All done' });
    expectConflict(await on.post('/goals', goalBody()), 'engagement-ended');
    expectConflict(await on.post('/complete', { summary: 'Again' }), 'engagement-ended');
    await cairn.settled();
    expect((await on.client.get(on.at('/plan'))).status).toBe(200);
  });
});

const goesRoundThePlan = [
  'set a goal',
  'accept a goal',
  'abandon a goal',
  'plan a milestone',
  'drop a milestone',
  'commit an action',
  'drop an action',
];

describe('Rule 10: after the plan is agreed', () => {
  it.each(rowsIn('a', true))('$name stays plain', async (row) => {
    expectDone(await sendIn(row, 'active', 'agreed'), row.makes);
  });

  it.each(rowsIn('a', false).filter(({ name }) => goesRoundThePlan.includes(name)))(
    '$name is refused and the way is named',
    async (row) => {
      const answer = await sendIn(row, 'active', 'agreed');
      expectConflict(answer, 'plan-is-agreed', { rule: 10, detail: /\/plan\/adaptations/ });
    },
  );

  it.each(rowsIn('a', false).filter(({ name }) => !goesRoundThePlan.includes(name)))(
    '$name is not possible twice',
    async (row) => {
      expectConflict(await sendIn(row, 'active', 'agreed'), 'wrong-state');
    },
  );

  it('a goal is achieved with its milestones dropped', async () => {
    const on = await anAgreedPlan(cairn);
    const milestones = { [on.milestone]: 'dropped' };
    expectDone(await on.post(`/goals/${on.goal}/achieve`, { achievedOn: today, milestones }));
  });

  it('before it, all of this is free', async () => {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    const milestone = await aMilestone(on, goal);
    expectDone(await on.post(`/milestones/${milestone}/drop`, { reason: 'Not needed' }));
    expectDone(await on.post(`/goals/${goal}/abandon`, { reason: 'Not wanted' }));
  });
});
