import { randomUUID } from 'node:crypto';
import { expectProblem } from '../../support/answers';
import { anEngagement, done, now, type Case } from '../../support/builders';
import { type Caller, startTestCairn, type TestCairn } from '../../support/cairn';
import { read, reason } from '../../support/reading';
import { participant } from '../../support/shapes';

let cairn: TestCairn;
let on: Case;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await anEngagement(cairn);
  const people = [
    { participantId: on.client.id, kind: 'client', name: 'Ada', email: 'ada@example.org' },
    { participantId: on.coach.id, kind: 'coach', name: 'Bea' },
    { participantId: on.sponsor.id, kind: 'sponsor', name: 'Cleo' },
  ];
  for (const person of people) done(await cairn.as('admin').post('/participants', person));
  await cairn.settled();
});
afterAll(() => cairn.stop());

describe('A participant', () => {
  const ada = () => ({ participantId: on.client.id, kind: 'client', name: 'Ada', email: 'ada@example.org' });

  it('is seen by oneself, by those in an engagement with them, and by an admin', async () => {
    for (const by of [on.client, on.coach, on.sponsor, cairn.as('admin')]) {
      expect(await read(by, `/participants/${on.client.id}`, participant)).toEqual(ada());
    }
    const bea = { participantId: on.coach.id, kind: 'coach', name: 'Bea', email: null };
    expect(await read(on.client, `/participants/${on.coach.id}`, participant)).toEqual(bea);
  });

  it.each(['client', 'coach', 'sponsor', 'supervisor', 'auditor'])('is not there for a stranger: %s', async (role) => {
    expectProblem(await cairn.as(role).get(`/participants/${on.client.id}`, reason), 404, 'not-found');
  });

  it.each([
    ['coach', 'auditor'],
    ['coach', 'supervisor'],
    ['coach', 'client'],
    ['sponsor', 'coach'],
    ['client', 'sponsor'],
  ] as const)('is not there for the %s who comes as %s alone', async (party, role) => {
    const other = party === 'client' ? on.coach : on.client;
    const by = cairn.as(role, on[party].id);
    expectProblem(await by.get(`/participants/${other.id}`, reason), 404, 'not-found');
    expectProblem(await by.post(`/participants/${other.id}/update`, { name: 'Eve' }), 404, 'not-found');
  });

  it('is there for the coach who comes as an auditor too', async () => {
    const by = cairn.as(['auditor', 'coach'], on.coach.id);
    expect(await read(by, `/participants/${on.client.id}`, participant)).toEqual(ada());
    expectProblem(await by.post(`/participants/${on.client.id}/update`, { name: 'Eve' }), 403, 'forbidden');
  });

  it('is recorded as shown to the role by which the reader knows them', async () => {
    const other = await anEngagement(cairn, { client: on.client });
    await cairn.settled();
    const recordedFor = async (by: Caller): Promise<readonly unknown[]> => {
      await read(by, `/participants/${on.client.id}`, participant);
      const text = 'SELECT to_role AS role, what FROM records.disclosures WHERE to_id = $1';
      return (await cairn.running.pool.query<object>(text, [by.id])).rows;
    };
    const what = `participants/${on.client.id}`;
    expect(await recordedFor(cairn.as(['client', 'sponsor'], other.sponsor.id))).toEqual([{ role: 'sponsor', what }]);
    expect(await recordedFor(cairn.as(['auditor', 'coach'], other.coach.id))).toEqual([]);
  });

  it('is not there for another tenant', async () => {
    for (const role of ['admin', 'supervisor', 'auditor']) {
      const answer = await cairn.as(role, undefined, 'elsewhere').get(`/participants/${on.client.id}`, reason);
      expectProblem(answer, 404, 'not-found');
    }
    const same = cairn.as('client', on.client.id, 'elsewhere');
    expectProblem(await same.get(`/participants/${on.client.id}`), 404, 'not-found');
  });

  it('who never registered is not found', async () => {
    expectProblem(await cairn.as('admin').get(`/participants/${randomUUID()}`), 404, 'not-found');
  });

  it('has the newest name and email', async () => {
    const body = { name: 'Ada Lovelace', email: 'countess@example.org' };
    const { position } = done(await on.client.post(`/participants/${on.client.id}/update`, body)).body;
    const seen = await read(on.client, `/participants/${on.client.id}`, participant, { 'min-position': position });
    expect(seen).toEqual({ ...ada(), ...body });
  });
});
