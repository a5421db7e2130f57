import { done, aGoal, anEngagement, type Case } from '../../support/builders';
import { type Caller, startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
let admin: Caller;
let on: Case;

beforeAll(async () => {
  cairn = await startTestCairn();
  admin = cairn.as('admin');
  on = await anEngagement(cairn);
  await anEngagement(cairn, { tenant: 'elsewhere' });
  await aGoal(on);
  done(await on.post('/notes', { visibility: 'shared', text: 'NOTE-TEXT' }));
  done(await on.post('/notes', { visibility: 'coach-private', text: 'NOTE-TEXT' }));
});
afterAll(() => cairn.stop());

const TYPES = [
  'cairn.EngagementProposed',
  'cairn.AgreementSigned',
  'cairn.AgreementSigned',
  'cairn.AgreementSigned',
  'cairn.EngagementStarted',
  'cairn.GoalSet',
];
const typesOf = (items: readonly { readonly type: string }[]) => items.map(({ type }) => type);
const feed = async (query = '', by = admin) => done(await by.get(`/feed${query}`)).body;

it("gives the tenant's events in the order of the log, as CloudEvents, without text and notes", async () => {
  const { items } = await feed();
  expect(typesOf(items)).toEqual(TYPES);
  expect(items[5]).toMatchObject({
    specversion: '1.0',
    source: 'urn:cairn:tenant:acme',
    subject: on.id,
    revision: 5,
    actorid: on.coach.id,
    data: { source: 'joint', dueOn: '2026-06-30', achievability: { confidence: 7 } },
  });
  expect(JSON.stringify(items)).not.toMatch(/NOTE-TEXT|team lead|Applications/);
});

it('goes on from each cursor, also from the last one', async () => {
  const seen: string[] = [];
  let next: string | null = null;
  for (let page = 0; page < 5; page += 1) {
    const body: any = await feed(`?limit=2${next === null ? '' : `&after=${next}`}`);
    seen.push(...typesOf(body.items));
    expect(body.next).toEqual(expect.any(String));
    next = body.next;
  }
  expect(seen).toEqual(TYPES);
  expect((await feed(`?after=${next}`)).next).toBe(next);

  done(await on.post('/check-ins', { scheduledFor: '2026-04-20T10:00:00Z' }));
  const { items } = await feed(`?after=${next}`, cairn.as('admin'));
  expect(typesOf(items)).toEqual(['cairn.CheckInScheduled']);
});

it.each([
  ['?types=GoalSet', ['cairn.GoalSet']],
  ['?types=cairn.GoalSet,EngagementStarted', ['cairn.EngagementStarted', 'cairn.GoalSet']],
  ['?types=GoalSet&types=EngagementStarted', ['cairn.EngagementStarted', 'cairn.GoalSet']],
  ['?types=NoteRecorded', []],
  ['?types=Unheard', []],
])('gives the types that are asked for: %s', async (query, types) => {
  expect(typesOf((await feed(query)).items)).toEqual(types);
});

it('is for admins', async () => {
  for (const role of ['client', 'coach', 'sponsor', 'supervisor', 'auditor']) {
    expect(await cairn.as(role).get('/feed')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  }
  expect((await cairn.as('coach').get('/feed', { accept: 'text/event-stream' })).status).toBe(403);
  expect((await cairn.root.get('/v1/feed')).status).toBe(401);
});

it('gives an admin of another tenant their own, and takes no cursor of ours', async () => {
  const other = cairn.as('admin', undefined, 'elsewhere');
  const { items } = await feed('', other);
  expect(items).toHaveLength(5);
  expect(new Set(items.map(({ tenant }: { tenant: string }) => tenant))).toEqual(new Set(['elsewhere']));
  const { next } = await feed();
  expect(await other.get(`/feed?after=${next}`)).toMatchObject({ status: 400, body: { errors: [{ path: 'after' }] } });
});

it.each(['?after=nonsense', '?limit=0', '?limit=201', '?types=1', '?cursor=x', '?from=x'])(
  'refuses %s with 400',
  async (query) => {
    expect(await admin.get(`/feed${query}`)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  },
);

it('knows no other method', async () => {
  const answer = await admin.post('/feed', {});
  expect(answer).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
  expect(answer.headers.get('allow')).toBe('GET, HEAD');
});
