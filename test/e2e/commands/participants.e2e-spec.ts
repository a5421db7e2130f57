import { randomUUID } from 'node:crypto';
import { expectConflict, expectDone, expectInvalid, expectProblem } from '../../support/answers';
import { anEngagement, done, now } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
let coach: Caller;
let admin: Caller;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  coach = cairn.as('coach', randomUUID());
  admin = cairn.as('admin', randomUUID());
});
afterAll(() => cairn.stop());

const body = { kind: 'client', name: 'Ada Lovelace' };

async function registered(more = {}): Promise<string> {
  return done(await coach.post('/participants', { ...body, ...more })).body.participantId as string;
}

const nameOf = async (id: string): Promise<unknown> => {
  await cairn.settled();
  return (await admin.get(`/participants/${id}`)).body;
};

describe('Registering a participant', () => {
  it.each(['client', 'coach', 'sponsor', 'staff'])('a %s', async (kind) => {
    const participantId = randomUUID();
    const email = 'ada@example.org';
    const answer = await coach.post('/participants', { participantId, kind, name: 'Ada', email });
    expectDone(answer, 'participantId', 'participantId');
    expect(answer.body).toMatchObject({ participantId, revision: 0 });
    expect(await nameOf(participantId)).toEqual({ participantId, kind, name: 'Ada', email });
  });

  it('is done by any coach or an admin', async () => {
    expectDone(await admin.post('/participants', body), 'participantId', 'participantId');
    for (const role of ['client', 'sponsor', 'supervisor', 'auditor'] as const) {
      expectProblem(await cairn.as(role, randomUUID()).post('/participants', body), 403, 'forbidden');
    }
  });

  it('takes an id that is free in the tenant', async () => {
    const participantId = await registered();
    expectConflict(await coach.post('/participants', { ...body, participantId }), 'already-exists');
    const elsewhere = cairn.as('coach', randomUUID(), 'elsewhere');
    expectDone(await elsewhere.post('/participants', { ...body, participantId }), 'participantId', 'participantId');
  });
});

describe('Updating a participant', () => {
  const update = (by: Caller, id: string, change = {}, headers = {}) =>
    by.post(`/participants/${id}/update`, { name: 'Ada King', ...change }, headers);

  it('is done by oneself or an admin', async () => {
    const id = await registered();
    const answer = await update(cairn.as('client', id), id);
    expectDone(answer, undefined, 'participantId');
    expect(answer.body).toMatchObject({ participantId: id, revision: 1 });
    expect(await nameOf(id)).toEqual({ participantId: id, kind: 'client', name: 'Ada King', email: null });
    expectDone(await update(admin, id, { name: undefined, email: 'king@example.org' }), undefined, 'participantId');
    expect(await nameOf(id)).toMatchObject({ name: 'Ada King', email: 'king@example.org' });
  });

  it('is 404 for a stranger and 403 for those in an engagement with them', async () => {
    const on = await anEngagement(cairn);
    done(await on.coach.post('/participants', { ...body, participantId: on.client.id }));
    await cairn.settled();
    expectProblem(await update(on.coach, on.client.id), 403, 'forbidden');
    expectProblem(await update(coach, on.client.id), 404, 'not-found');
    expectProblem(await update(cairn.as('client', randomUUID()), on.client.id), 404, 'not-found');
    expectProblem(await update(cairn.as('admin', randomUUID(), 'elsewhere'), on.client.id), 404, 'not-found');
    expectProblem(await update(admin, randomUUID()), 404, 'not-found');
  });

  it('is conditional with If-Match', async () => {
    const id = await registered();
    expectProblem(await update(admin, id, {}, { 'if-match': '"7"' }), 412, 'revision-stale');
    expectDone(await update(admin, id, {}, { 'if-match': '"0"' }), undefined, 'participantId');
  });

  it.each([
    ['kind', { kind: 'friend', name: 'Ada' }],
    ['name', { kind: 'client' }],
    ['name', { kind: 'client', name: ' ' }],
    ['name', { kind: 'client', name: 'x'.repeat(201) }],
    ['participantId', { ...body, participantId: '7' }],
    ['nickname', { ...body, nickname: 'A' }],
  ])('needs a right %s', async (path, wrong) => {
    expectInvalid(await coach.post('/participants', wrong), path);
  });
});
