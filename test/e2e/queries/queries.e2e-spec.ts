import { randomUUID } from 'node:crypto';
import { expectInvalid, expectProblem } from '../../support/answers';
import { anAgreedPlan, done, now, type Planned } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { read, readItems } from '../../support/reading';
import { paths } from '../../support/season';
import { overview, projection } from '../../support/shapes';

let cairn: TestCairn;
let on: Planned;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await anAgreedPlan(cairn);
  await cairn.settled();
});
afterAll(() => cairn.stop());

const ofEngagement = { ...paths, diff: '/plan/diff?from=0&to=1' };

/** Every query of the contract with someone who may ask it. */
const queries = (): readonly (readonly [path: string, by: Caller])[] => [
  ...Object.values(ofEngagement).map((path) => [on.at(path), on.client] as const),
  ['/engagements', on.client],
  ['/caseload', on.coach],
  ['/analytics/adaptations', on.coach],
  [`/participants/${on.client.id}`, on.client],
  ['/projections', cairn.as('admin')],
];
const withQuery = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;

describe('Every query', () => {
  beforeAll(async () => {
    const body = { participantId: on.client.id, kind: 'client', name: 'Ada' };
    done(await cairn.as('admin').post('/participants', body));
    await cairn.settled();
  });

  it('says how far the read models have come, and how far they lag', async () => {
    for (const [path, by] of queries()) {
      const { status, headers } = await by.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect([path, headers.get('projection-position')]).toEqual([path, expect.stringMatching(/\S/)]);
      expect([path, headers.get('projection-lag')]).toEqual([path, expect.stringMatching(/^\d+(\.\d+)?$/)]);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
    }
  });

  it('refuses a parameter that it does not know', async () => {
    for (const [path, by] of queries()) {
      const answer = await by.get(withQuery(path, 'colour=red'));
      expect([path, answer.status]).toEqual([path, 400]);
      expectInvalid(answer, 'colour');
    }
  });

  it.each(['order=desc', 'type=GoalSet', 'asOf=2026-04-01', 'since=2026-04-01T00:00:00Z'])(
    'refuses a parameter of another query: %s',
    async (query) => {
      expectInvalid(await on.client.get(on.at(`/check-ins?${query}`)));
      expectInvalid(await on.client.get(on.at(`?${query}`)));
    },
  );

  it('refuses a position that is none', async () => {
    for (const [path, by] of queries()) {
      const inHeader = await by.get(path, { 'min-position': 'soon' });
      const inQuery = await by.get(withQuery(path, 'minPosition=soon'));
      expect([path, inHeader.status, inQuery.status]).toEqual([path, 400, 400]);
      expectInvalid(inHeader);
      expectInvalid(inQuery);
    }
  });

  it('takes a position that was passed', async () => {
    const { position } = done(await on.post('/notes', { visibility: 'shared', text: 'Hello' })).body;
    for (const [path, by] of queries()) {
      const inHeader = await by.get(path, { 'min-position': position });
      const inQuery = await by.get(withQuery(path, `minPosition=${encodeURIComponent(position)}`));
      expect([path, inHeader.status, inQuery.status]).toEqual([path, 200, 200]);
    }
  });

  it('refuses an id that is none', async () => {
    for (const path of Object.values(ofEngagement)) expectInvalid(await on.client.get(`/engagements/first${path}`));
    expectInvalid(await on.client.get('/participants/me'));
  });

  it('says the parameter is wrong before it says that there is nothing to see', async () => {
    const stranger = cairn.as('client');
    for (const path of Object.values(ofEngagement)) {
      expectInvalid(await stranger.get(on.at(withQuery(path, 'colour=red'))));
    }
  });

  it('is not there for another method', async () => {
    const answer = await on.client.raw('DELETE', on.at('/plan'));
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow')).toMatch(/GET/);
  });
});

describe('An answer that waits', () => {
  it('has what was just written, every time', async () => {
    for (let n = 1; n <= 10; n += 1) {
      const text = `Vision ${n}`;
      const body = { vision: text, values: [], interests: [], aspirations: [] };
      const { position, revision } = done(await on.client.put(on.at('/vision'), body)).body;
      const seen = await read(on.client, on.at(''), overview, { 'min-position': position });
      expect([seen.vision?.vision, seen.revision]).toEqual([text, revision]);
    }
  });

  it('gives up after five seconds with 503', async () => {
    const { position } = done(await on.post('/goals/priorities', { order: [on.goal] })).body;
    const [commit, prepare] = position.split('.');
    const ahead = `${String(BigInt(commit) + 1_000_000_000_000n)}.${prepare}`;
    const answer = await on.client.get(on.at(''), { 'min-position': ahead });
    expectProblem(answer, 503, 'not-yet-projected');
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  }, 20_000);
});

describe('The projections', () => {
  it('are told to an admin, each with how far it has come', async () => {
    await cairn.settled();
    const all = await readItems(cairn.as('admin'), '/projections?limit=200', projection);
    expect(all.length).toBeGreaterThan(3);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const one of all) {
      expect(one).toMatchObject({ state: 'live', parked: 0, lagEvents: 0, lagMs: 0 });
      expect(one.position).not.toBeNull();
      expect(one.reader).toMatchObject({ state: 'live', lastError: null });
    }
  });

  it.each(['client', 'coach', 'sponsor', 'supervisor', 'auditor'])('are not told to a %s', async (role) => {
    expectProblem(await cairn.as(role, randomUUID()).get('/projections'), 403, 'forbidden');
  });
});
