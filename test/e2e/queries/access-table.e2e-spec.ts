import { expectProblem } from '../../support/answers';
import { anEngagement, done, now, type Case } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { reason } from '../../support/reading';
import { aSeason, disclose, paths, type PathName, type Season } from '../../support/season';
import { strangers } from '../../support/senders';

let cairn: TestCairn;
let on: Season;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await aSeason(cairn);
});
afterAll(() => cairn.stop());

/** Who reads: C client, K coach, S sponsor, V supervisor with a reason, U auditor, A admin. All others are refused. */
const readers: Readonly<Record<PathName, string>> = {
  overview: 'CKSVUA',
  plan: 'CKVU',
  'plan at a revision': 'CKVU',
  'plan of a day': 'CKVU',
  revisions: 'CKVU',
  diff: 'CKVU',
  progress: 'CKVU',
  'progress of a day': 'CKVU',
  'check-ins': 'CKVU',
  barriers: 'CKVU',
  resources: 'CKVU',
  brief: 'CKV',
  notes: 'CKVU',
  audit: 'CKU',
  disclosures: 'CU',
  notifications: 'CKU',
};

/** What a sponsor reads beside the overview, by what the client discloses. */
const disclosed: Readonly<Record<string, readonly PathName[]>> = {
  goals: ['plan', 'plan at a revision', 'plan of a day', 'revisions', 'diff'],
  progress: ['progress', 'progress of a day'],
  attendance: ['check-ins'],
};

const names = Object.keys(paths) as PathName[];

async function refused(by: Caller, name: PathName, status: number, code: string, headers = {}, of: Case = on) {
  expectProblem(await by.get(of.at(paths[name]), headers), status, code);
}

async function expectReads(by: Caller, letter: string, headers = {}): Promise<void> {
  const found = [];
  for (const name of names) {
    const { status, body } = await by.get(on.at(paths[name]), headers);
    found.push([name, status, status === 200 ? null : body.code]);
  }
  expect(found).toEqual(
    names.map((name) => [name, ...(readers[name].includes(letter) ? [200, null] : [403, 'forbidden'])]),
  );
}

describe('Who reads which path of an engagement', () => {
  it('the client', () => expectReads(on.client, 'C'));
  it('the coach', () => expectReads(on.coach, 'K'));
  it('the sponsor to whom nothing is disclosed', () => expectReads(on.sponsor, 'S'));
  it('a supervisor who says why', () => expectReads(cairn.as('supervisor'), 'V', reason));
  it('an auditor', () => expectReads(cairn.as('auditor'), 'U'));
  it('an admin', () => expectReads(cairn.as('admin'), 'A'));
  it('a client who is a supervisor of others too, as the client', () =>
    expectReads(cairn.as(['client', 'supervisor'], on.client.id), 'C'));

  it.each(names.filter((name) => readers[name].includes('V')))('no supervisor who does not say why: %s', (name) =>
    refused(cairn.as('supervisor'), name, 403, 'reason-required'),
  );

  it.each([
    ['of 9 characters', 'x'.repeat(9), 403],
    ['of 10 characters', 'x'.repeat(10), 200],
    ['of 500 characters', 'x'.repeat(500), 200],
    ['of 501 characters', 'x'.repeat(501), 403],
  ])('a supervisor with a reason %s', async (_, text, status) => {
    const answer = await cairn.as('supervisor').get(on.at(''), { 'access-reason': text });
    expect(answer.status).toBe(status);
    if (status === 403) expectProblem(answer, 403, 'reason-required');
  });

  it.each(Object.keys(strangers))('to %s there is no such engagement', async (name) => {
    const stranger = strangers[name]!(cairn, on);
    for (const path of names) await refused(stranger, path, 404, 'not-found');
  });

  it.each(['client', 'coach', 'sponsor', 'supervisor', 'auditor', 'admin'])(
    'to a %s of another tenant there is no such engagement',
    async (role) => {
      const stranger = cairn.as(role, undefined, 'elsewhere');
      for (const path of names) await refused(stranger, path, 404, 'not-found', reason);
    },
  );

  it.each(['client', 'coach', 'sponsor', 'supervisor', 'auditor', 'admin'])(
    'an engagement that does not exist is not found: %s',
    async (role) => {
      const at = () => '/engagements/00000000-0000-4000-8000-000000000000';
      for (const path of names) {
        const answer = await cairn.as(role).get(`${at()}${paths[path]}`, reason);
        expectProblem(answer, 404, 'not-found');
      }
    },
  );

  it('nobody without a token', async () => {
    for (const path of names) expectProblem(await cairn.root.get(`/v1${on.at(paths[path])}`), 401, 'unauthenticated');
  });
});

describe('What a sponsor reads is what the client disclosed last', () => {
  it.each([[['goals']], [['progress']], [['attendance']], [['goals', 'progress', 'attendance']], [[]]])(
    'disclosing %j',
    async (discloses) => {
      await disclose(cairn, on, discloses);
      const may: readonly PathName[] = ['overview', ...discloses.flatMap((what) => disclosed[what]!)];
      const found = [];
      for (const name of names) {
        const { status, body } = await on.sponsor.get(on.at(paths[name]));
        found.push([name, status, status === 200 ? null : body.code]);
      }
      expect(found).toEqual(names.map((name) => [name, ...(may.includes(name) ? [200, null] : [403, 'forbidden'])]));
    },
  );
});

describe('After another coach took over', () => {
  let moved: Case;
  let former: Caller;
  let successor: Caller;
  beforeAll(async () => {
    moved = await anEngagement(cairn, { discloses: ['goals'] });
    former = moved.coach;
    successor = cairn.as('coach');
    done(await moved.post('/notes', { visibility: 'coach-private', text: 'Formernote' }));
    done(await moved.post('/notes', { visibility: 'shared', text: 'Commonnote' }));
    done(await moved.post('/goals', { ...goal, source: 'coach' }));
    done(await moved.post('/plan/agreement', { agreedBy: ['client', 'coach'] }));
    done(await moved.post('/coach', { coachId: successor.id, reason: 'Moved away' }));
    done(await moved.post('/notes', { visibility: 'coach-private', text: 'Successornote' }, successor));
    await cairn.settled();
  });

  const goal = {
    specific: 'Lead a team',
    measure: { metric: 'Talks', unit: 'a month', baseline: 0, target: 3, direction: 'increase' },
    achievability: { confidence: 5 },
    relevance: 'The vision',
    startOn: '2026-03-01',
    dueOn: '2026-06-30',
  };

  it('the former one sees nothing of it, on any path', async () => {
    for (const path of names) await refused(former, path, 404, 'not-found', {}, moved);
    for (const path of ['/engagements', '/caseload']) {
      const answer = await former.get(path);
      expect([answer.status, answer.body]).toEqual([200, { items: [], next: null }]);
    }
  });

  it('the new one sees it at once, on every path a coach sees', async () => {
    for (const path of [
      '',
      '/plan',
      '/plan/revisions',
      '/progress',
      '/check-ins',
      '/barriers',
      '/resources',
      '/brief',
    ]) {
      expect([path, (await successor.get(moved.at(path))).status]).toEqual([path, 200]);
    }
    const caseload = await successor.get('/caseload');
    expect(JSON.stringify(caseload.body)).toContain(moved.id);
  });

  it('the new one sees neither the private notes of the former one nor that there are any', async () => {
    const notes = await successor.get(moved.at('/notes'));
    expect(JSON.stringify(notes.body)).not.toContain('Formernote');
    expect(notes.body.items).toHaveLength(2);
    for (const path of ['/audit?type=NoteRecorded', '/brief?since=2026-01-01T00:00:00Z']) {
      const { body } = await successor.get(moved.at(path));
      const recorded = (body.items as readonly { type: string }[]).filter(({ type }) => type === 'NoteRecorded');
      expect([path, recorded]).toEqual([path, [expect.anything(), expect.anything()]]);
    }
  });
});
