import { createHttpApp, type HttpApp } from '../../../test/support/http-app';
import { Refused } from '../../application/refused';
import * as classes from '../../application/queries/queries';

const engagementId = '6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f';
const id = '0b9d6c9e-3f57-4a3d-8a51-0c7a3f0f6a11';
const at = (path: string): string => `/v1/engagements/${engagementId}${path}`;
const page = { limit: 50, after: null };
const about = { engagementId, accessReason: null };

let http: HttpApp;

beforeAll(async () => {
  http = await createHttpApp();
});

beforeEach(() => {
  http.answerQuery = () => ({ items: [], next: null });
});

afterAll(async () => {
  await http.close();
});

const last = () => {
  const query = http.queries.at(-1);
  if (!query) throw new Error('No query was sent.');
  return query;
};

async function faultsOf(url: string, headers?: Record<string, string>): Promise<readonly string[]> {
  const sent = http.queries.length;
  const answer = await http.ask('GET', url, undefined, headers);
  expect({ status: answer.statusCode, sent: http.queries.length }).toEqual({ status: 400, sent });
  return answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path);
}

describe('the table of queries', () => {
  it.each([
    [
      'ListEngagements',
      '/v1/engagements',
      { accessReason: null, page, coachId: null, clientId: null, state: null, health: null },
    ],
    [
      'ListEngagements',
      `/v1/engagements?coachId=${id.toUpperCase()}&clientId=${engagementId}&state=ended-early&health=at-risk&limit=200`,
      {
        accessReason: null,
        page: { limit: 200, after: null },
        coachId: id,
        clientId: engagementId,
        state: 'ended-early',
        health: 'at-risk',
      },
    ],
    ['GetEngagement', at('').toUpperCase().replace('/V1/ENGAGEMENTS', '/v1/engagements'), about],
    ['GetProgress', at('/progress'), { ...about, asOf: null }],
    ['GetProgress', at('/progress?asOf=2026-04-01'), { ...about, asOf: '2026-04-01' }],
    ['GetPlan', at('/plan'), { ...about, revision: null, asOf: null, knownAt: null }],
    ['GetPlan', at('/plan?revision=0'), { ...about, revision: 0, asOf: null, knownAt: null }],
    [
      'GetPlan',
      at('/plan?asOf=2026-01-01&knownAt=2026-02-01T01%3A00%3A00%2B01%3A00'),
      { ...about, revision: null, asOf: '2026-01-01', knownAt: '2026-02-01T00:00:00.000Z' },
    ],
    ['ListPlanRevisions', at('/plan/revisions'), { ...about, page, order: 'asc' }],
    ['ListPlanRevisions', at('/plan/revisions?order=desc'), { ...about, page, order: 'desc' }],
    ['GetPlanDiff', at('/plan/diff?from=3&to=0'), { ...about, from: 3, to: 0 }],
    ['ListAudit', at('/audit'), { ...about, page, types: [], actor: null, from: null, to: null, order: 'asc' }],
    [
      'ListAudit',
      at(`/audit?type=GoalSet&type=PlanAdapted&actor=${id}&from=2026-01-01&to=2026-02-01&order=desc`),
      {
        ...about,
        page,
        types: ['GoalSet', 'PlanAdapted'],
        actor: id,
        from: '2026-01-01',
        to: '2026-02-01',
        order: 'desc',
      },
    ],
    [
      'ListAudit',
      at('/audit?type=GoalSet'),
      { ...about, page, types: ['GoalSet'], actor: null, from: null, to: null, order: 'asc' },
    ],
    ['ListCheckIns', at('/check-ins'), { ...about, page }],
    ['ListBarriers', at('/barriers?limit=1'), { ...about, page: { limit: 1, after: null } }],
    ['ListNotes', at('/notes'), { ...about, page }],
    ['ListResources', at('/resources'), { ...about, page }],
    ['GetBrief', at('/brief'), { ...about, since: null }],
    ['GetBrief', at('/brief?since=2026-01-01T00:00:00Z'), { ...about, since: '2026-01-01T00:00:00.000Z' }],
    ['ListDisclosures', at('/disclosures'), { ...about, page }],
    ['GetCaseload', `/v1/caseload?coachId=${id}`, { accessReason: null, page, coachId: id }],
    ['GetAnalytics', '/v1/analytics/adaptations', { view: 'adaptations' }],
    ['GetParticipant', `/v1/participants/${id}`, { participantId: id }],
    ['ListProjections', '/v1/projections', { page }],
  ] as const)('%s %s', async (name, url, params) => {
    const answer = await http.ask('GET', url);
    expect([answer.statusCode, answer.json()]).toEqual([200, { items: [], next: null }]);
    expect(last()).toBeInstanceOf(classes[name]);
    const { caller, ...others } = last().params;
    expect(others).toStrictEqual(params);
    expect(caller).toMatchObject({ tenantId: 'acme', roles: ['coach'] });
    expect(answer.headers).toMatchObject({
      'projection-position': 'at-7',
      'projection-lag': '3',
      'cache-control': 'no-store',
    });
  });

  it('answers HEAD without the body', async () => {
    const answer = await http.ask('HEAD', at(''));
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });

  it('passes on what the handler refuses', async () => {
    http.answerQuery = () => {
      throw new Refused('reason-required', 'Say why you look, in 10 to 500 characters.');
    };
    const answer = await http.ask('GET', at('/notes'));
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'reason-required']);
  });
});

describe('parameters', () => {
  it.each([
    ['/v1/engagements?nonsense=1', ['nonsense']],
    ['/v1/engagements?coachID=x', ['coachID']],
    ['/v1/engagements?coachId=x', ['coachId']],
    ['/v1/engagements?state=over', ['state']],
    ['/v1/engagements?state=active&state=paused', ['state']],
    ['/v1/engagements?limit=0', ['limit']],
    ['/v1/engagements?limit=201', ['limit']],
    ['/v1/engagements?limit=', ['limit']],
    ['/v1/engagements?limit=5&limit=6', ['limit']],
    ['/v1/engagements?__proto__=1', ['__proto__']],
    ['/v1/engagements?cursor=x', ['cursor']],
    [at('?asOf=2026-01-01'), ['asOf']],
    [at('?limit=5'), ['limit']],
    [at('/progress?asOf=2026-02-30'), ['asOf']],
    [at('/progress?asOf=2026-04-02'), ['asOf']],
    [at('/plan?asOf=2026-04-02'), ['asOf']],
    [at('/plan?revision=1&asOf=2026-01-01'), ['revision']],
    [at('/plan?revision=0&knownAt=2026-01-01T00:00:00Z'), ['revision']],
    [at('/plan?revision=-1'), ['revision']],
    [at('/plan?knownAt=2026-01-01'), ['knownAt']],
    [at('/plan/diff'), ['from', 'to']],
    [at('/plan/diff?from=1'), ['to']],
    [at('/plan/diff?from=x&to=1'), ['from']],
    [at('/plan/revisions?order=up'), ['order']],
    [at('/audit?type=Goal%20Set'), ['type[0]']],
    [at('/audit?from=yesterday&actor=me'), ['from', 'actor']],
    [at('/brief?since=2026-01-01'), ['since']],
    ['/v1/participants/me?x=1', ['participantId', 'x']],
    ['/v1/analytics/adaptations?month=1', ['month']],
    ['/v1/projections?all=1', ['all']],
  ])('%s: %j', async (url, paths) => {
    expect((await faultsOf(url)).toSorted()).toEqual([...paths].sort());
  });

  it('today ends in the time zone of the tenant', async () => {
    const far = await createHttpApp({
      timeZone: 'Pacific/Kiritimati',
      clock: { now: () => new Date('2026-04-01T10:00:00Z') },
    });
    expect((await far.ask('GET', at('/progress?asOf=2026-04-02'))).statusCode).toBe(200);
    expect((await far.ask('GET', at('/progress?asOf=2026-04-03'))).statusCode).toBe(400);
    await far.close();
  });

  it('a body and its type make no difference', async () => {
    const answer = await http.ask('GET', at(''), undefined, { 'content-type': 'nonsense' });
    expect(answer.statusCode).toBe(200);
  });
});

describe('the reason for an access', () => {
  it('is passed on as it was written', async () => {
    await http.ask('GET', at(''), undefined, {
      'access-reason': Buffer.from('Prüfung im März', 'utf8').toString('latin1'),
    });
    expect(last().params.accessReason).toBe('Prüfung im März');
    await http.ask('GET', at(''), undefined, { 'access-reason': 'Pr\u00fcfung' });
    expect(last().params.accessReason).toBe('Pr\u00fcfung');
    await http.ask('GET', '/v1/caseload', undefined, { 'access-reason': 'Quarterly review' });
    expect(last().params.accessReason).toBe('Quarterly review');
  });
});

describe('a position to wait for', () => {
  it('is waited for, in the header or the parameter', async () => {
    expect((await http.ask('GET', at(''), undefined, { 'min-position': 'at-3' })).statusCode).toBe(200);
    expect((await http.ask('GET', at('?minPosition=at-3'))).statusCode).toBe(200);
  });

  it('is 503 when it is not reached', async () => {
    const sent = http.queries.length;
    for (const answer of [
      await http.ask('GET', at(''), undefined, { 'min-position': 'at-never' }),
      await http.ask('GET', at('?minPosition=at-never')),
    ]) {
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'not-yet-projected']);
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(http.queries).toHaveLength(sent);
  });

  it('must be one', async () => {
    expect(await faultsOf(at(''), { 'min-position': 'seven' })).toEqual(['Min-Position']);
    expect(await faultsOf(at('?minPosition=seven'))).toEqual(['minPosition']);
    expect(await faultsOf(at('?minPosition='))).toEqual(['minPosition']);
  });
});
