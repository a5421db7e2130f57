import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectProblem, header } from '../../support/answers';
import { aGoal, anEngagement, done, goalBody, now, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const json = { 'content-type': 'application/json' };

describe('A bearer token', () => {
  it('is needed for every path under /v1, also one that is not there', async () => {
    for (const [method, path] of [
      ['POST', '/v1/engagements'],
      ['GET', '/v1/engagements'],
      ['GET', '/v1/nothing'],
      ['DELETE', '/v1/participants'],
    ] as const) {
      const answer = await cairn.root.raw(method, path, method === 'POST' ? '{}' : undefined, json);
      expectProblem(answer, 401, 'unauthenticated');
    }
  });

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer nonsense',
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIwIn0.',
    'Basic dXNlcjpwYXNz',
    'nonsense',
  ])('is not %j', async (authorization) => {
    const answer = await cairn.root.raw('GET', '/v1/engagements', undefined, { authorization });
    expectProblem(answer, 401, 'unauthenticated');
  });

  it('is not one whose content or signature was changed', async () => {
    const token = await cairn.as('client').token();
    const [head, , signature] = token.split('.');
    const claims = { sub: randomUUID(), tenant: 'acme', roles: ['admin'], exp: 4_000_000_000 };
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    for (const wrong of [`${head!}.${forged}.${signature!}`, token.slice(0, -4), `${token}x`]) {
      const headers = { authorization: `Bearer ${wrong}` };
      expectProblem(await cairn.root.raw('GET', '/v1/engagements', undefined, headers), 401, 'unauthenticated');
    }
  });

  it('expires', async () => {
    const body = { tenant: 'acme', sub: randomUUID(), roles: ['coach'], expiresInSeconds: 1 };
    const { token } = done(await cairn.root.post('/dev/tokens', body)).body;
    const list = () =>
      cairn.root.raw('GET', '/v1/engagements', undefined, { authorization: `Bearer ${token as string}` });
    let answer = await list();
    for (let tries = 0; answer.status === 200 && tries < 50; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer = await list();
    }
    expectProblem(answer, 401, 'unauthenticated');
  });

  it.each([
    { tenant: 'Acme Corp', sub: randomUUID(), roles: ['coach'] },
    { tenant: 'x'.repeat(64), sub: randomUUID(), roles: ['coach'] },
    { tenant: '', sub: randomUUID(), roles: ['coach'] },
    { tenant: 'acme', sub: 'me', roles: ['coach'] },
    { tenant: 'acme', sub: randomUUID(), roles: ['boss'] },
    { tenant: 'acme', sub: randomUUID() },
    { tenant: 'acme', sub: randomUUID(), roles: ['coach'], more: 1 },
  ])('is not made for %j', async (body) => {
    expectProblem(await cairn.root.post('/dev/tokens', body), 400, 'invalid-request');
  });
});

describe('Tenants', () => {
  it('are apart: the same person in another tenant finds nothing', async () => {
    const on = await anEngagement(cairn);
    for (const role of ['coach', 'client', 'sponsor', 'admin', 'supervisor', 'auditor']) {
      const there = cairn.as(role, on.coach.id, 'elsewhere');
      expectProblem(await there.post(on.at('/pause'), { reason: 'Mine' }), 404, 'not-found');
      expectProblem(await there.get(on.at('')), 404, 'not-found');
    }
  });

  it('may use the same ids, for different things', async () => {
    const on = await anEngagement(cairn);
    const coach = cairn.as('coach', on.coach.id, 'elsewhere');
    const proposal = { clientId: on.client.id, coachId: coach.id, startsOn: '2026-03-01', endsOn: '2026-12-31' };
    const answer = await coach.post('/engagements', { ...proposal, engagementId: on.id });
    expectDone(answer, 'engagementId');
    expect(answer.body.revision).toBe(0);
    expectConflict(await on.coach.post('/engagements', { ...proposal, engagementId: on.id }), 'already-exists');
  });
});

describe('Ids inside an engagement', () => {
  it('are unique in it across kinds, and only in it', async () => {
    const taken = randomUUID();
    const [one, two] = [await anEngagement(cairn), await anEngagement(cairn)];
    const things: readonly (readonly [string, string, object])[] = [
      ['/resources', 'resourceId', { kind: 'time', description: 'An hour a day' }],
      ['/barriers', 'barrierId', { category: 'skill', description: 'Rusty', severity: 2, affects: [] }],
      ['/check-ins', 'checkInId', { scheduledFor: '2026-04-08T09:00:00Z' }],
      ['/setbacks', 'setbackId', { description: 'A rejection' }],
      ['/notes', 'noteId', { visibility: 'shared', text: 'Well' }],
      ['/goals', 'goalId', goalBody()],
    ];
    await aGoal(one, { goalId: taken });
    for (const [path, name, body] of things) {
      expectConflict(await one.post(path, { ...body, [name]: taken }), 'already-exists');
    }
    const [path, name, body] = things[0]!;
    expectDone(await two.post(path, { ...body, [name]: taken }), 'resourceId');
  });

  it('are not those of another engagement', async () => {
    const [one, two] = [await anEngagement(cairn), await anEngagement(cairn)];
    const goal = await aGoal(one);
    expectProblem(await two.post(`/goals/${goal}/hold`, { reason: 'Later' }), 404, 'not-found');
  });
});

describe('occurredAt', () => {
  const record = (on: Case, occurredAt: unknown) => on.post('/setbacks', { description: 'A rejection', occurredAt });

  it('may be in the past, in any offset, and is kept beside the time of recording', async () => {
    const on = await anEngagement(cairn);
    const answer = await record(on, '2026-03-20T23:30:00-05:00');
    expectDone(answer, 'setbackId');
    const [entry] = await eventsOf(on, answer);
    expect(new Date(entry!.occurredAt).toISOString()).toBe('2026-03-21T04:30:00.000Z');
    expect(new Date(entry!.recordedAt).toISOString()).toBe(cairn.clock.now().toISOString());
  });

  it('is the present when it is left out', async () => {
    const on = await anEngagement(cairn);
    const [entry] = await eventsOf(on, done(await on.post('/setbacks', { description: 'A rejection' })));
    expect(new Date(entry!.occurredAt)).toEqual(cairn.clock.now());
  });

  it('is not in the future', async () => {
    const on = await anEngagement(cairn);
    const next = new Date(cairn.clock.now().getTime() + 1000).toISOString();
    expectProblem(await record(on, next), 400, 'invalid-request', { path: 'occurredAt' });
    const proposal = { clientId: randomUUID(), coachId: on.coach.id, startsOn: '2026-03-01', endsOn: '2026-12-31' };
    const future = await on.coach.post('/engagements', { ...proposal, occurredAt: next });
    expectProblem(future, 400, 'invalid-request', { path: 'occurredAt' });
    expectDone(await record(on, cairn.clock.now().toISOString()), 'setbackId');
  });

  it('of one command is the same for each of its events, which share the command', async () => {
    const on = await anEngagement(cairn);
    const answer = await on.post('/setbacks', { description: 'A rejection', lesson: 'Ask earlier' });
    const events = await eventsOf(on, answer);
    expect(new Set(events.map(({ commandId }) => commandId)).size).toBe(1);
    expect(new Set(events.map(({ occurredAt }) => occurredAt)).size).toBe(1);
    expect(header(answer, 'event-position')).toBe(answer.body.position);
  });
});
