import { randomUUID } from 'node:crypto';
import { expectConflict, expectDone, expectProblem, overviewAfter } from '../../support/answers';
import { aGoal, anEngagement, done, goalBody, now, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn, type Answer } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const reason = { reason: 'There is a reason' };
const stateAfter = async (on: Case, answer: Answer, by = on.coach): Promise<unknown> =>
  (await overviewAfter(on, done(answer), by)).body.state;

describe('The states of an engagement', () => {
  it('lead from one to the next', async () => {
    const on = await anEngagement(cairn, { state: 'signed' });
    expect(await stateAfter(on, await on.post('/start'))).toBe('active');
    expect(await stateAfter(on, await on.post('/pause', reason))).toBe('paused');
    expect(await stateAfter(on, await on.post('/resume'))).toBe('active');
    expect(await stateAfter(on, await on.post('/complete', { summary: 'Done' }))).toBe('completed');
    expect(await stateAfter(on, await on.post('/reopen', reason))).toBe('active');
    expect(await stateAfter(on, await on.post('/end-early', reason))).toBe('ended-early');
    expect(await stateAfter(on, await on.post('/reopen', reason))).toBe('active');
  });

  it.each(['/start', '/resume', '/reopen'])('%s is in the wrong state while active', async (path) => {
    const on = await anEngagement(cairn);
    const answer = await on.post(path, path === '/reopen' ? reason : {});
    expectConflict(answer, 'wrong-state', { detail: /active/ });
  });

  it('an engagement that ended before its start is reopened to where it was', async () => {
    const proposed = await anEngagement(cairn, { state: 'proposed' });
    done(await proposed.post('/end-early', reason));
    expect(await stateAfter(proposed, await proposed.post('/reopen', reason))).toBe('proposed');
    const signed = await anEngagement(cairn, { state: 'signed' });
    done(await signed.post('/end-early', reason));
    expect(await stateAfter(signed, await signed.post('/reopen', reason))).toBe('agreed');
    expectDone(await signed.post('/start'));
  });

  it('completing leaves the open goals as they are', async () => {
    const on = await anEngagement(cairn);
    await aGoal(on);
    const overview = await overviewAfter(on, await on.post('/complete', { summary: 'Done' }));
    expect(overview.body.goals).toMatchObject([{ lifecycle: 'active' }]);
  });
});

describe('The dates of an engagement', () => {
  it('are extended to a later day only', async () => {
    const on = await anEngagement(cairn);
    expectConflict(await on.post('/extend', { endsOn: '2026-12-31', ...reason }), 'dates-out-of-order', { rule: 3 });
    expectConflict(await on.post('/extend', { endsOn: '2026-11-30', ...reason }), 'dates-out-of-order', { rule: 3 });
    expectConflict(await on.post('/goals', goalBody({ dueOn: '2027-01-31' })), 'outside-engagement');
    const extended = await on.post('/extend', { endsOn: '2027-01-31', ...reason });
    expectDone(extended);
    expect((await overviewAfter(on, extended)).body.endsOn).toBe('2027-01-31');
    expectDone(await on.post('/goals', goalBody({ dueOn: '2027-01-31' })), 'goalId');
  });

  it('an event of its life is not dated before the last one', async () => {
    const on = await anEngagement(cairn);
    const before = { occurredAt: '2026-03-31T09:00:00Z' };
    expectConflict(await on.post('/pause', { ...reason, ...before }), 'dates-out-of-order', { rule: 3 });
    expectConflict(await on.post('/complete', { summary: 'Done', ...before }), 'dates-out-of-order', { rule: 3 });
    expectDone(await on.post('/pause', { ...reason, occurredAt: now }));
  });

  it('an engagement is recorded as of the past in the order in which it happened', async () => {
    const on = await anEngagement(cairn, { state: 'proposed', proposal: { occurredAt: '2026-03-01T08:00:00Z' } });
    for (const party of ['client', 'coach', 'sponsor'] as const) {
      done(await on.post('/agreement', { party, occurredAt: '2026-03-02T08:00:00Z' }, on[party]));
    }
    const started = await on.post('/start', { occurredAt: '2026-03-03T08:00:00+01:00' });
    expectDone(started);
    const { startedAt } = (await overviewAfter(on, started)).body;
    expect(new Date(startedAt as string).toISOString()).toBe('2026-03-03T07:00:00.000Z');
    expectDone(await on.post('/pause', { ...reason, occurredAt: '2026-03-04T08:00:00Z' }));
    expectConflict(await on.post('/resume', { occurredAt: '2026-03-03T23:00:00Z' }), 'dates-out-of-order');
  });
});

describe('A new coach', () => {
  const reassign = (on: Case, coachId: string) => on.post('/coach', { coachId, ...reason });

  it('is another one than the present coach, and no other party', async () => {
    const on = await anEngagement(cairn);
    for (const id of [on.coach.id, on.client.id, on.sponsor.id]) expectConflict(await reassign(on, id), 'wrong-state');
  });

  it('signs before the start', async () => {
    const on = await anEngagement(cairn, { state: 'signed' });
    const next = cairn.as('coach', randomUUID());
    expect(await stateAfter(on, await reassign(on, next.id), next)).toBe('proposed');
    expectConflict(await on.post('/start', {}, next), 'agreement-not-signed', { rule: 1 });
    expect(await stateAfter(on, await on.post('/agreement', { party: 'coach' }, next), next)).toBe('agreed');
    expectDone(await on.post('/start', {}, next));
  });

  it('goes on coaching after the start while the signature is missing, and the former one is out', async () => {
    const on = await anEngagement(cairn);
    const next = cairn.as('coach', randomUUID());
    const overview = await overviewAfter(on, await reassign(on, next.id), next);
    expect(overview.body).toMatchObject({ state: 'active', coach: { participantId: next.id } });
    expect(overview.body.agreement.missing).toEqual(['coach']);
    expectDone(await on.post('/goals', goalBody(), next), 'goalId');
    expectProblem(await on.post('/goals', goalBody()), 404, 'not-found');
    expectProblem(await on.coach.get(on.at('')), 404, 'not-found');
    expectDone(await on.post('/agreement', { party: 'coach' }, next));
  });
});

describe('The vision', () => {
  const words = { vision: 'To lead a team', values: ['Honesty'], interests: ['Machines'], aspirations: ['A patent'] };

  it('is put whole, by client and coach, and again', async () => {
    const on = await anEngagement(cairn);
    expectDone(await on.client.put(on.at('/vision'), words));
    const again = await on.coach.put(on.at('/vision'), { ...words, values: [] });
    expectDone(again);
    expect((await overviewAfter(on, again)).body.vision).toEqual({ ...words, values: [] });
  });
});
