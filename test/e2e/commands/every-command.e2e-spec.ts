import { randomUUID } from 'node:crypto';
import { eventsOf, expectDone, header } from '../../support/answers';
import { anEngagement, done, now } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { bring, commandTable } from '../../support/command-table';
import { callerOf } from '../../support/senders';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

describe('Every command answers with its status, fields and headers, and appends its events', () => {
  it.each(commandTable)('$name', async (row) => {
    const on = await anEngagement(cairn, { state: row.needs === 'signed' ? 'signed' : 'active' });
    const [path, body] = await row.prepare(on);
    await bring(on, row.needs);
    const by = callerOf(cairn, on, row.by[0]!);
    const before = done(await on.client.post(on.at('/agreement'), { party: 'client', discloses: ['progress'] }));

    const answer = await by[row.method](on.at(path), body);

    expectDone(answer, row.makes);
    expect(answer.body.engagementId).toBe(on.id);
    expect(answer.body.revision).toBe(Number(before.body.revision) + row.events.length);
    expect(answer.body.eventIds).toHaveLength(row.events.length);
    const events = await eventsOf(on, answer);
    expect(events.map(({ type }) => type)).toEqual(row.events);
    expect(events.map(({ eventId }) => eventId)).toEqual(answer.body.eventIds);
    expect(events.at(-1)!.revision).toBe(answer.body.revision);
    expect(events.map(({ actor }) => actor.id)).toEqual(row.events.map(() => by.id));
    if (row.makes !== undefined && row.makes !== 'planRevision') {
      expect(events[0]!.data[row.makes]).toBe(answer.body[row.makes]);
    }
  });
});

describe('An engagement', () => {
  const proposal = (clientId: string, coachId: string) => ({
    clientId,
    coachId,
    startsOn: '2026-03-01',
    endsOn: '2026-12-31',
  });

  it('is proposed as revision 0 of its stream, under an id that was chosen or made', async () => {
    const coach = cairn.as('coach');
    const clientId = randomUUID();
    const engagementId = randomUUID();
    const chosen = await coach.post('/engagements', { ...proposal(clientId, coach.id), engagementId });
    expectDone(chosen, 'engagementId');
    expect(chosen.body).toMatchObject({ engagementId, revision: 0 });
    expect(header(chosen, 'etag')).toBe('"0"');
    const made = await coach.post('/engagements', { ...proposal(clientId, coach.id), checkInEveryDays: 14 });
    expectDone(made, 'engagementId');
    expect(made.body.engagementId).not.toBe(engagementId);
  });

  it('is proposed by an admin too, in the name of the coach', async () => {
    const admin = cairn.as('admin');
    const sponsorId = randomUUID();
    expectDone(
      await admin.post('/engagements', { ...proposal(randomUUID(), randomUUID()), sponsorId }),
      'engagementId',
    );
  });
});
