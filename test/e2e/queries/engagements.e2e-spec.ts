import { expectInvalid, expectProblem } from '../../support/answers';
import { anEngagement, done, now, type Case } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { engagementSince, on as day } from '../../support/past';
import { foundIn, readItems, reason } from '../../support/reading';
import { overview } from '../../support/shapes';

let cairn: TestCairn;
let coach: Caller;
let client: Caller;
let first: Case;
let second: Case;
let third: Case;
let other: Case;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  [coach, client] = [cairn.as('coach'), cairn.as('client')];
  const later = () => {
    cairn.clock.advance(1_000);
  };
  first = await anEngagement(cairn, { coach, client });
  later();
  second = await anEngagement(cairn, { coach, state: 'proposed' });
  later();
  third = await anEngagement(cairn, { coach, client, sponsor: false });
  done(await third.post('/pause', { reason: 'Ill' }));
  later();
  other = await anEngagement(cairn, { client, discloses: ['goals', 'progress', 'attendance'] });
  done(
    await other.client.put(other.at('/vision'), { vision: 'Secretvision', values: [], interests: [], aspirations: [] }),
  );
  await anEngagement(cairn, { tenant: 'elsewhere' });
  await cairn.settled();
});
afterAll(() => cairn.stop());

async function ids(by: Caller, query = '', headers = {}): Promise<readonly string[]> {
  const items = await readItems(by, `/engagements${query}`, overview, headers);
  return items.map(({ engagementId }) => engagementId);
}

describe('The list of engagements', () => {
  it('has those of the caller, the newest first', async () => {
    expect(await ids(coach)).toEqual([third.id, second.id, first.id]);
    expect(await ids(client)).toEqual([other.id, third.id, first.id]);
    expect(await ids(other.sponsor)).toEqual([other.id]);
    expect(await ids(other.coach)).toEqual([other.id]);
    expect(await ids(cairn.as('client'))).toEqual([]);
    expect(await ids(cairn.as('coach', client.id))).toEqual([]);
  });

  it.each(['supervisor', 'auditor', 'admin'])('has all of the tenant for a %s', async (role) => {
    const all = await ids(cairn.as(role), '', reason);
    expect(all).toEqual([other.id, third.id, second.id, first.id]);
    expect(await ids(cairn.as(role, undefined, 'empty'), '', reason)).toEqual([]);
    expect(await ids(cairn.as(role, undefined, 'elsewhere'), '', reason)).toHaveLength(1);
  });

  it('is refused to a supervisor who does not say why', async () => {
    expectProblem(await cairn.as('supervisor').get('/engagements'), 403, 'reason-required');
  });

  it('has the same overviews as the path of each', async () => {
    for (const [by, headers] of [
      [coach, {}],
      [client, {}],
      [other.sponsor, {}],
      [cairn.as('auditor'), {}],
      [cairn.as('admin'), {}],
      [cairn.as('supervisor'), reason],
    ] as const) {
      for (const item of await readItems(by, '/engagements', overview, headers)) {
        expect((await by.get(`/engagements/${item.engagementId}`, headers)).body).toEqual(item);
      }
    }
  });

  it('can be filtered', async () => {
    expect(await ids(coach, '?state=active')).toEqual([first.id]);
    expect(await ids(coach, '?state=proposed')).toEqual([second.id]);
    expect(await ids(coach, '?state=paused')).toEqual([third.id]);
    expect(await ids(coach, '?state=completed')).toEqual([]);
    expect(await ids(coach, `?clientId=${client.id}`)).toEqual([third.id, first.id]);
    expect(await ids(coach, `?clientId=${client.id}&state=active`)).toEqual([first.id]);
    expect(await ids(client, `?coachId=${coach.id}`)).toEqual([third.id, first.id]);
    expect(await ids(client, `?coachId=${other.coach.id}&clientId=${client.id}`)).toEqual([other.id]);
    expect(await ids(coach, `?coachId=${other.coach.id}`)).toEqual([]);
    expect(await ids(cairn.as('auditor'), `?coachId=${coach.id}&state=active`)).toEqual([first.id]);
  });

  it('can be filtered by health', async () => {
    const busy = cairn.as('coach');
    const onTrack = await anEngagement(cairn, { coach: busy });
    const silent = await engagementSince(cairn, '2026-01-01', { coach: busy });
    const blocked = await engagementSince(cairn, '2026-01-01', { coach: busy });
    const body = { category: 'skill', description: 'x', severity: 5, affects: [], ...day('2026-01-05') };
    done(await blocked.post('/barriers', body));
    await cairn.settled();
    expect(await ids(busy, '?health=on-track')).toEqual([onTrack.id]);
    expect(await ids(busy, '?health=attention')).toEqual([silent.id]);
    expect(await ids(busy, '?health=at-risk')).toEqual([blocked.id]);
    expect(await ids(busy, '?health=at-risk&state=paused')).toEqual([]);
  });

  it('does not tell a sponsor by a filter the health that is not disclosed', async () => {
    const sponsor = cairn.as('sponsor');
    const options = { sponsor: true, sponsorCaller: sponsor };
    await engagementSince(cairn, '2026-01-01', { ...options, discloses: ['goals', 'attendance'] });
    const shown = await engagementSince(cairn, '2026-01-01', { ...options, discloses: ['progress'] });
    await cairn.settled();
    expect(await ids(sponsor)).toHaveLength(2);
    expect(await ids(sponsor, '?health=attention')).toEqual([shown.id]);
    expect(await ids(sponsor, '?health=on-track')).toEqual([]);
  });

  it.each(['state=done', 'health=red', 'coachId=me', 'clientId=', 'sponsorId=1', 'limit=0'])(
    'refuses %s',
    async (query) => {
      expectInvalid(await coach.get(`/engagements?${query}`));
    },
  );

  it('shows each reader what the path of the engagement shows', async () => {
    expect(foundIn(await cairn.as('auditor').get('/engagements'), ['Secretvision'])).toEqual([]);
    expect(foundIn(await cairn.as('admin').get('/engagements'), ['Secretvision'])).toEqual([]);
    expect(foundIn(await other.sponsor.get('/engagements'), ['Secretvision'])).toEqual(['Secretvision']);
    done(await other.post('/agreement', { party: 'client', discloses: ['attendance'] }, other.client));
    await cairn.settled();
    expect(foundIn(await other.sponsor.get('/engagements'), ['Secretvision'])).toEqual([]);
  });
});
