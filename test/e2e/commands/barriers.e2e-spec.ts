import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone } from '../../support/answers';
import {
  aBarrier,
  aCheckIn,
  aGoal,
  aMilestone,
  anAction,
  anEngagement,
  aResource,
  done,
  now,
  today,
  tomorrow,
  yesterday,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const body = { category: 'relationship', description: 'A quarrel', severity: 4, affects: [] as string[] };
const resolve = (on: Case, id: string, more = {}) =>
  on.post(`/barriers/${id}/resolve`, { outcome: 'It is gone', resolvedOn: today, ...more });
const reopen = (on: Case, id: string) => on.post(`/barriers/${id}/reopen`, { reason: 'It is back' });

describe('A barrier', () => {
  it.each(['internal', 'external', 'skill', 'resource', 'relationship'])('may be %s', async (category) => {
    const on = await anEngagement(cairn, { sponsor: false });
    const barrierId = randomUUID();
    const answer = await on.post('/barriers', { ...body, barrierId, category });
    expectDone(answer, 'barrierId');
    expect(answer.body.barrierId).toBe(barrierId);
    expectConflict(await on.post('/barriers', { ...body, barrierId }), 'already-exists');
  });

  it('affects any thing of the engagement, or none', async () => {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    const milestone = await aMilestone(on, goal);
    const affects = [
      goal,
      milestone,
      await anAction(on, milestone),
      await aBarrier(on),
      await aResource(on),
      await aCheckIn(on),
    ];
    const answer = await on.post('/barriers', { ...body, affects });
    expectDone(answer, 'barrierId');
    expect(await eventsOf(on, answer)).toMatchObject([{ data: { ...body, affects } }]);
    expectConflict(await on.post('/barriers', { ...body, affects: [goal, randomUUID()] }), 'unknown-reference');
  });

  it('is open, resolved, open again and resolved', async () => {
    const on = await anEngagement(cairn);
    const id = await aBarrier(on);
    expectConflict(await reopen(on, id), 'wrong-state', { detail: /open/ });
    expectDone(await resolve(on, id));
    expectConflict(await resolve(on, id), 'wrong-state', { detail: /resolved/ });
    expectDone(await reopen(on, id));
    expectDone(await resolve(on, id));
  });

  it('is not resolved in the future (rule 4), and not before it was opened (rule 3)', async () => {
    const on = await anEngagement(cairn);
    const id = await aBarrier(on);
    expectConflict(await resolve(on, id, { resolvedOn: tomorrow }), 'in-the-future', { rule: 4 });
    expectConflict(await resolve(on, id, { resolvedOn: yesterday }), 'dates-out-of-order', { rule: 3 });
    expectDone(await resolve(on, id));
  });

  it('that was opened in the past is resolved on a day since', async () => {
    const on = await anEngagement(cairn, { proposal: { occurredAt: '2026-03-01T08:00:00Z' } });
    const id = await aBarrier(on, { occurredAt: '2026-03-10T08:00:00Z' });
    expectConflict(await resolve(on, id, { resolvedOn: '2026-03-09' }), 'dates-out-of-order', { rule: 3 });
    expectDone(await resolve(on, id, { resolvedOn: '2026-03-10' }));
    done(await reopen(on, id));
    expectConflict(await resolve(on, id, { resolvedOn: '2026-03-20' }), 'dates-out-of-order', { rule: 3 });
  });

  it('has strategies under ids of their own', async () => {
    const on = await anEngagement(cairn);
    const id = await aBarrier(on);
    const strategyId = randomUUID();
    const agree = (more = {}) => on.post(`/barriers/${id}/strategies`, { description: 'Talk', ...more });
    const answer = await agree({ strategyId });
    expectDone(answer, 'strategyId');
    expect(answer.body.strategyId).toBe(strategyId);
    expectConflict(await agree({ strategyId }), 'already-exists');
    expectDone(await agree(), 'strategyId');
  });
});
