import { randomUUID } from 'node:crypto';
import { expectConflict, expectDone } from '../../support/answers';
import {
  aGoal,
  aMilestone,
  anAction,
  anEngagement,
  aResource,
  done,
  euros,
  now,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const reason = { reason: 'There is a reason' };

async function withPlan() {
  const on = await anEngagement(cairn);
  const goal = await aGoal(on);
  const milestone = await aMilestone(on, goal);
  return { on, goal, milestone, action: await anAction(on, milestone) };
}

const allocate = (on: Case, id: string, to: string, amount?: object) =>
  on.post(`/resources/${id}/allocate`, { to, ...(amount === undefined ? {} : { amount }) });
const release = (on: Case, id: string, to?: string) => on.post(`/resources/${id}/release`, { ...reason, to });

async function resourceNow(on: Case, id: string): Promise<Record<string, unknown>> {
  await cairn.settled();
  const { items } = (await on.coach.get(on.at('/resources'))).body;
  return (items as Record<string, unknown>[]).find(({ resourceId }) => resourceId === id)!;
}

describe('A resource', () => {
  it.each(['skill', 'network', 'funding', 'time', 'tool'])('may be of the kind %s', async (kind) => {
    const on = await anEngagement(cairn, { sponsor: false });
    const resourceId = randomUUID();
    const answer = await on.post('/resources', { resourceId, kind, description: 'Something useful' });
    expectDone(answer, 'resourceId');
    expect(answer.body.resourceId).toBe(resourceId);
    expectConflict(await on.post('/resources', { resourceId, kind, description: 'Again' }), 'already-exists');
  });

  it('is identified, allocated, released and allocated again', async () => {
    const { on, milestone } = await withPlan();
    const id = await aResource(on, { kind: 'skill', budget: undefined });
    expect(await resourceNow(on, id)).toMatchObject({ state: 'identified', allocated: [], budget: null });
    expectConflict(await release(on, id), 'wrong-state', { detail: /identified/ });
    expectDone(await allocate(on, id, milestone));
    expect(await resourceNow(on, id)).toMatchObject({
      state: 'allocated',
      allocated: [{ to: milestone, amount: null }],
    });
    expectDone(await release(on, id));
    expect(await resourceNow(on, id)).toMatchObject({ state: 'released', allocated: [] });
    expectConflict(await release(on, id), 'wrong-state');
    expectDone(await allocate(on, id, milestone));
  });

  it('is allocated to a milestone or an action, and to nothing else', async () => {
    const { on, goal, milestone, action } = await withPlan();
    const id = await aResource(on, { kind: 'tool', budget: undefined });
    expectDone(await allocate(on, id, milestone));
    expectDone(await allocate(on, id, action));
    for (const to of [randomUUID(), goal, id]) expectConflict(await allocate(on, id, to), 'unknown-reference');
  });

  it('is released from one allocation, and the others stay', async () => {
    const { on, milestone, action } = await withPlan();
    const id = await aResource(on);
    done(await allocate(on, id, milestone, euros('400.00')));
    done(await allocate(on, id, action, euros('200.00')));
    expectDone(await release(on, id, milestone));
    expect(await resourceNow(on, id)).toMatchObject({
      state: 'allocated',
      allocated: [{ to: action, amount: euros('200.00') }],
    });
    expectConflict(await release(on, id, randomUUID()), 'unknown-reference');
    expectDone(await release(on, id, action));
    expect(await resourceNow(on, id)).toMatchObject({ state: 'released', allocated: [] });
  });
});

describe('Rule 8: allocated funding', () => {
  it('never exceeds its budget, to the cent', async () => {
    const { on, milestone, action } = await withPlan();
    const id = await aResource(on, { budget: euros('0.30') });
    expectConflict(await allocate(on, id, milestone, euros('0.31')), 'over-budget', { rule: 8 });
    expectDone(await allocate(on, id, milestone, euros('0.10')));
    expectConflict(await allocate(on, id, action, euros('0.21')), 'over-budget', { rule: 8 });
    expectDone(await allocate(on, id, action, euros('0.20')));
    expectConflict(await allocate(on, id, action, euros('0.01')), 'over-budget', { rule: 8 });
  });

  it('returns to the budget when it is released', async () => {
    const { on, milestone, action } = await withPlan();
    const id = await aResource(on);
    done(await allocate(on, id, milestone, euros('600.00')));
    expectConflict(await allocate(on, id, action, euros('0.01')), 'over-budget');
    done(await release(on, id, milestone));
    expectDone(await allocate(on, id, action, euros('600.00')));
  });

  it('counts to the last place of large amounts', async () => {
    const { on, milestone, action } = await withPlan();
    const id = await aResource(on, { budget: euros('999999999999.99') });
    done(await allocate(on, id, milestone, euros('999999999999.98')));
    expectConflict(await allocate(on, id, action, euros('0.02')), 'over-budget');
    expectDone(await allocate(on, id, action, euros('0.01')));
  });

  it('is in the currency of its budget', async () => {
    const { on, milestone } = await withPlan();
    const id = await aResource(on);
    const dollars = { amount: '1.00', currency: 'USD' };
    expectConflict(await allocate(on, id, milestone, dollars), 'other-currency', { rule: 8 });
    expectDone(await allocate(on, id, milestone, euros('1.00')));
  });

  it('has an amount', async () => {
    const { on, milestone } = await withPlan();
    expectConflict(await allocate(on, await aResource(on), milestone), 'wrong-state');
  });
});
