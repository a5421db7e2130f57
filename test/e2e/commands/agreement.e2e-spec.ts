import { randomUUID } from 'node:crypto';
import {
  eventsOf,
  expectConflict,
  expectDone,
  expectInvalid,
  expectProblem,
  overviewAfter,
} from '../../support/answers';
import { anEngagement, done, now, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

type Party = 'client' | 'coach' | 'sponsor';
const sign = (on: Case, party: Party, more = {}, by = on[party]) => on.post('/agreement', { party, ...more }, by);

describe('Rule 1: an engagement starts only after every required party signed', () => {
  const missing: readonly (readonly Party[])[] = [
    [],
    ['client'],
    ['coach'],
    ['client', 'coach'],
    ['client', 'sponsor'],
    ['coach', 'sponsor'],
  ];

  it.each(missing.map((signed) => [signed.join(' and ') || 'nobody', signed] as const))(
    'not when only %s signed',
    async (_, signed) => {
      const on = await anEngagement(cairn, { state: 'proposed' });
      for (const party of signed) done(await sign(on, party));
      expectConflict(await on.post('/start'), 'agreement-not-signed', { rule: 1 });
    },
  );

  it('but when all three did', async () => {
    const on = await anEngagement(cairn, { state: 'proposed' });
    for (const party of ['sponsor', 'client', 'coach'] as const) expectDone(await sign(on, party));
    const answer = await on.post('/start');
    expectDone(answer);
    const overview = await overviewAfter(on, answer);
    expect(overview.body.state).toBe('active');
    expect([...overview.body.agreement.signed].sort()).toEqual(['client', 'coach', 'sponsor']);
    expect(overview.body.agreement.missing).toEqual([]);
  });

  it('and where there is no sponsor, when client and coach did', async () => {
    const on = await anEngagement(cairn, { state: 'proposed', sponsor: false });
    done(await sign(on, 'client'));
    const halfway = await overviewAfter(on, await sign(on, 'coach'));
    expect(halfway.body.state).toBe('agreed');
    expectDone(await on.post('/start'));
  });

  it.each(['client', 'coach', 'sponsor'] as const)('the %s may end it', async (party) => {
    const on = await anEngagement(cairn);
    const ended = await on.post('/end-early', { reason: 'Enough' }, on[party]);
    expectDone(ended);
    const overview = await overviewAfter(on, ended);
    expect(overview.body).toMatchObject({ state: 'ended-early', endedAt: expect.any(String) });
  });
});

describe('A signature', () => {
  it.each([
    ['client', 'coach'],
    ['client', 'sponsor'],
    ['sponsor', 'client'],
    ['coach', 'client'],
    ['coach', 'sponsor'],
  ] as const)('of the %s is 403 for the party %s', async (by, party) => {
    const on = await anEngagement(cairn, { state: 'proposed' });
    expectProblem(await sign(on, party, {}, on[by]), 403, 'forbidden');
  });

  it.each(['client', 'sponsor'] as const)('of the %s may be recorded by the coach on their behalf', async (party) => {
    const on = await anEngagement(cairn, { state: 'proposed' });
    const answer = await sign(on, party, { onBehalfOf: on[party].id }, on.coach);
    expectDone(answer);
    expect(await eventsOf(on, answer)).toMatchObject([{ onBehalfOf: on[party].id, data: { party } }]);
  });

  it('recorded on behalf of another party than the one that signs is 403', async () => {
    const on = await anEngagement(cairn, { state: 'proposed' });
    expectProblem(await sign(on, 'client', { onBehalfOf: on.sponsor.id }, on.coach), 403, 'forbidden');
  });

  it('discloses what the client says, with the party client only', async () => {
    const on = await anEngagement(cairn, { state: 'proposed' });
    expectInvalid(await sign(on, 'coach', { discloses: ['goals'] }), 'discloses');
    expectInvalid(await sign(on, 'sponsor', { discloses: [] }), 'discloses');
    expectDone(await sign(on, 'client', { discloses: ['goals', 'progress', 'attendance'] }));
  });

  it('of the client is given again to change what is disclosed; the newest counts, also after the end', async () => {
    const on = await anEngagement(cairn, { discloses: ['goals'] });
    const again = await sign(on, 'client', { discloses: ['attendance'] });
    expect((await overviewAfter(on, again)).body.agreement.discloses).toEqual(['attendance']);
    done(await on.post('/complete', { summary: 'Done' }));
    const afterwards = await sign(on, 'client', { discloses: [] });
    expectDone(afterwards);
    expect((await overviewAfter(on, afterwards)).body.agreement.discloses).toEqual([]);
  });

  it('does not let the coach change what is disclosed', async () => {
    const on = await anEngagement(cairn, { discloses: ['goals'] });
    const again = await sign(on, 'client', { discloses: ['progress'], onBehalfOf: on.client.id }, on.coach);
    expectProblem(again, 403, 'forbidden');
  });
});

describe('A proposal', () => {
  const propose = (more: Record<string, unknown>) => {
    const coach = cairn.as('coach', randomUUID());
    const body = { clientId: randomUUID(), coachId: coach.id, startsOn: '2026-03-01', endsOn: '2026-12-31' };
    return coach.post('/engagements', { ...body, ...more });
  };

  it('whose dates are out of order is a conflict with rule 3', async () => {
    expectConflict(await propose({ endsOn: '2026-02-28' }), 'dates-out-of-order', { rule: 3 });
  });

  it('whose parties are not different is invalid', async () => {
    const coach = cairn.as('coach', randomUUID());
    const dates = { startsOn: '2026-03-01', endsOn: '2026-12-31' };
    const [clientId, coachId] = [randomUUID(), coach.id];
    const parties = [
      { clientId: coachId, coachId },
      { clientId, coachId, sponsorId: clientId },
      { clientId, coachId, sponsorId: coachId },
    ];
    for (const wrong of parties) expectInvalid(await coach.post('/engagements', { ...dates, ...wrong }));
    expectDone(await coach.post('/engagements', { ...dates, clientId, coachId }), 'engagementId');
  });

  it('under an id that is taken is a conflict', async () => {
    const on = await anEngagement(cairn, { state: 'proposed' });
    expectConflict(await propose({ engagementId: on.id }), 'already-exists');
  });
});
