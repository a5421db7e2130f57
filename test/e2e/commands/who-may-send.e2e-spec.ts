import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectProblem } from '../../support/answers';
import { anAgreedPlan, anEngagement, aProposedGoal, goalBody, now, today, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { bring, commandTable, type Row } from '../../support/command-table';
import { callerOf, senders, strangers } from '../../support/senders';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

async function ready(row: Row) {
  const on = await anEngagement(cairn, { state: row.needs === 'signed' ? 'signed' : 'active' });
  const [path, body] = await row.prepare(on);
  await bring(on, row.needs);
  return { on, path: on.at(path), body };
}

describe.each(commandTable)('$name', (row) => {
  it(`is for ${row.by} only: others get 403, strangers 404`, async () => {
    const { on, path, body } = await ready(row);
    const answers: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const [name, sender] of Object.entries({ ...senders, ...strangers })) {
      if (row.by.includes(name)) continue;
      const answer = await sender(cairn, on)[row.method](path, body);
      answers[name] = `${answer.status} ${String(answer.body.code)}`;
      expected[name] = name in strangers ? '404 not-found' : '403 forbidden';
    }
    expect(answers).toEqual(expected);
  });

  const others = Array.from(row.by.slice(1));
  if (others.length > 0) {
    it.each(others)('may be sent by %s too', async (letter) => {
      const { on, path, body } = await ready(row);
      expectDone(await callerOf(cairn, on, letter)[row.method](path, body), row.makes);
    });
  }
});

describe('Rule 2: a sponsor', () => {
  it('proposes a goal as its source, and under no other source', async () => {
    const on = await anEngagement(cairn);
    expectDone(await on.post('/goals', goalBody({ source: 'sponsor' }), on.sponsor), 'goalId');
    for (const source of ['client', 'coach', 'joint']) {
      expectProblem(await on.post('/goals', goalBody({ source }), on.sponsor), 403, 'forbidden', { rule: 2 });
    }
  });

  it('never accepts a goal and never adapts the plan', async () => {
    const on = await anAgreedPlan(cairn);
    const proposed = await aProposedGoal(on);
    expectProblem(await on.post(`/goals/${proposed}/accept`, {}, on.sponsor), 403, 'forbidden', { rule: 2 });
    const adaptation = {
      baseRevision: 1,
      reasonCode: 'sponsor-request',
      reasonText: 'I want it',
      changes: [{ op: 'goal-dropped', goalId: on.goal }],
      agreedBy: ['client', 'coach'],
      effectiveOn: today,
    };
    expectProblem(await on.post('/plan/adaptations', adaptation, on.sponsor), 403, 'forbidden', { rule: 2 });
  });
});

describe('Who sends decides the event, not the source', () => {
  it.each(['client', 'coach'] as const)('a goal with the source sponsor is set when the %s sends it', async (party) => {
    const on = await anEngagement(cairn);
    const answer = await on.post('/goals', goalBody({ source: 'sponsor' }), on[party]);
    expect((await eventsOf(on, answer)).map(({ type }) => type)).toEqual(['GoalSet']);
  });
});

describe('onBehalfOf', () => {
  const vision = { vision: 'To lead', values: [], interests: [], aspirations: [] };
  const put = (on: Case, by: 'client' | 'coach' | 'sponsor', onBehalfOf: string) =>
    on[by].put(on.at('/vision'), { ...vision, onBehalfOf });

  it('is kept beside the coach who sends', async () => {
    const on = await anEngagement(cairn);
    const answer = await put(on, 'coach', on.client.id);
    expectDone(answer);
    expect(await eventsOf(on, answer)).toMatchObject([
      { actor: { id: on.coach.id, role: 'coach' }, onBehalfOf: on.client.id },
    ]);
  });

  it('is 403 from anyone but the coach', async () => {
    const on = await anEngagement(cairn);
    expectProblem(await put(on, 'client', on.coach.id), 403, 'forbidden');
    const admin = cairn.as('admin', randomUUID());
    const pause = { reason: 'Holidays', onBehalfOf: on.coach.id };
    expectProblem(await on.post('/pause', pause, admin), 403, 'forbidden');
  });

  it('names a party of the engagement', async () => {
    const on = await anEngagement(cairn);
    expectConflict(await put(on, 'coach', randomUUID()), 'unknown-reference');
  });

  it('does not widen what the coach may do, but where the table says so', async () => {
    const on = await anEngagement(cairn);
    const proposed = await aProposedGoal(on);
    const inTheirName = { onBehalfOf: on.client.id };
    expectProblem(await on.post(`/goals/${proposed}/accept`, inTheirName), 403, 'forbidden');
    expectProblem(await on.post(`/goals/${proposed}/reject`, { reason: 'No', ...inTheirName }), 403, 'forbidden');
  });
});

describe('A role that permits', () => {
  it("is a party's before staff's", async () => {
    const coach = cairn.as(['admin', 'coach'], randomUUID());
    const on = await anEngagement(cairn, { coach });
    const paused = await on.post('/pause', { reason: 'Holidays' });
    expect((await eventsOf(on, paused))[0]!.actor).toEqual({ id: coach.id, role: 'coach' });
  });

  it('is the admin where the sender is no party', async () => {
    const on = await anEngagement(cairn);
    const admin = cairn.as(['admin', 'coach'], randomUUID());
    const paused = await on.post('/pause', { reason: 'Holidays' }, admin);
    expect((await eventsOf(on, paused))[0]!.actor).toEqual({ id: admin.id, role: 'admin' });
  });
});

describe('Who proposes an engagement', () => {
  it('is the named coach or an admin; all others get 403', async () => {
    const coachId = randomUUID();
    const body = { clientId: randomUUID(), coachId, startsOn: '2026-03-01', endsOn: '2026-12-31' };
    for (const role of ['coach', 'client', 'sponsor', 'supervisor', 'auditor'] as const) {
      expectProblem(await cairn.as(role, randomUUID()).post('/engagements', body), 403, 'forbidden');
    }
    expectProblem(await cairn.as('client', coachId).post('/engagements', body), 403, 'forbidden');
    expectDone(await cairn.as('coach', coachId).post('/engagements', body), 'engagementId');
  });
});
