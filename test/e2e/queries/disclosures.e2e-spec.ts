import { anAgreedPlan, done, now, today, type Planned } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { read, readItems, reason } from '../../support/reading';
import { disclose, paths } from '../../support/season';
import { disclosure, overview } from '../../support/shapes';

let cairn: TestCairn;
let on: Planned;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
beforeEach(async () => {
  on = await anAgreedPlan(cairn, { discloses: ['goals', 'progress', 'attendance'] });
  await cairn.settled();
});
afterAll(() => cairn.stop());

const log = (by: Caller = on.client, path = '/disclosures?limit=200') => readItems(by, on.at(path), disclosure);
const at = (path: string) => on.at(path === paths.diff ? '/plan/diff?from=0&to=1' : path);

describe('What is recorded before the answer goes out', () => {
  it.each([
    [
      'a sponsor',
      'sponsor',
      [
        paths.overview,
        paths.plan,
        '/plan?revision=1',
        `/plan?asOf=${today}`,
        paths.revisions,
        paths.diff,
        paths.progress,
        `/progress?asOf=${today}`,
        '/check-ins',
      ],
    ],
    [
      'a supervisor',
      'supervisor',
      [
        paths.overview,
        paths.plan,
        '/plan?revision=1',
        `/plan?asOf=${today}`,
        paths.revisions,
        paths.diff,
        paths.progress,
        `/progress?asOf=${today}`,
        '/check-ins',
        '/barriers',
        '/resources',
        '/brief',
        '/notes',
      ],
    ],
    [
      'an auditor',
      'auditor',
      [
        paths.overview,
        paths.plan,
        '/plan?revision=1',
        `/plan?asOf=${today}`,
        paths.revisions,
        paths.diff,
        paths.progress,
        `/progress?asOf=${today}`,
        '/check-ins',
        '/barriers',
        '/resources',
        '/notes',
        '/audit',
      ],
    ],
  ])('every answer to %s about an engagement', async (_, role, seen) => {
    const reader = role === 'sponsor' ? on.sponsor : cairn.as(role);
    const headers = role === 'supervisor' ? reason : {};
    for (const [index, path] of seen.entries()) {
      expect([path, (await reader.get(at(path), headers)).status]).toEqual([path, 200]);
      const [newest, ...before] = await log();
      expect([path, before.length]).toEqual([path, index]);
      expect(newest!.to).toEqual({ id: reader.id, role });
      expect(Date.parse(newest!.at)).toBe(cairn.clock.now().getTime());
      expect(newest!.reason).toBe(role === 'supervisor' ? reason['access-reason'] : null);
    }
  });

  it.each(['sponsor', 'supervisor', 'auditor'])('each engagement in a list that a %s is shown', async (role) => {
    const reader = role === 'sponsor' ? on.sponsor : cairn.as(role);
    expect((await reader.get('/engagements?limit=1', reason)).body.items[0].engagementId).toBe(on.id);
    expect(await log()).toMatchObject([{ to: { id: reader.id, role } }]);
  });

  it('each engagement in a caseload that a supervisor is shown', async () => {
    const supervisor = cairn.as('supervisor');
    expect((await supervisor.get(`/caseload?coachId=${on.coach.id}`, reason)).body.items).toHaveLength(1);
    expect(await log()).toMatchObject([
      { to: { id: supervisor.id, role: 'supervisor' }, reason: reason['access-reason'] },
    ]);
  });
});

describe('The log of disclosures', () => {
  it('names the signature under which a sponsor was shown it', async () => {
    await on.sponsor.get(on.at('/plan'));
    const [first] = await log();
    const signed = await disclose(cairn, on, ['progress']);
    await on.sponsor.get(on.at('/progress'));
    const [second] = await log();
    expect(second?.consentEventId).toBe(signed);
    expect(first?.consentEventId).toEqual(expect.any(String));
    expect(first?.consentEventId).not.toBe(signed);
    expect(second?.what).not.toBe(first?.what);
  });

  it('is told newest first', async () => {
    for (const path of ['', '/plan', '/progress']) {
      cairn.clock.advance(1_000);
      await on.sponsor.get(on.at(path));
    }
    const times = (await log()).map(({ at: instant }) => Date.parse(instant));
    expect(times).toHaveLength(3);
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });

  it('has nothing of what client, coach and admin saw, nor of what was refused', async () => {
    await disclose(cairn, on, []);
    for (const reader of [on.client, on.coach, cairn.as('admin')]) {
      for (const path of Object.values(paths)) await reader.get(at(path));
    }
    for (const path of ['/plan', '/progress', '/notes', '/audit']) await on.sponsor.get(on.at(path));
    for (const path of ['', '/plan', '/audit']) await cairn.as('supervisor').get(on.at(path));
    await cairn.as('auditor').get(on.at('/plan?revision=9'));
    await cairn.as('auditor').get(on.at('/plan?colour=red'));
    await cairn.as('auditor').get(on.at('/brief'));
    expect(await log()).toEqual([]);
  });

  it('is read by an auditor too, which is none itself', async () => {
    await on.sponsor.get(on.at('/plan'));
    const auditor = cairn.as('auditor');
    const seen = await log(auditor);
    expect(seen).toHaveLength(1);
    expect(await log(auditor)).toEqual(seen);
    expect(await log()).toEqual(seen);
  });

  it('changes no revision and is in no audit', async () => {
    const before = await read(on.coach, on.at(''), overview);
    await on.sponsor.get(on.at('/plan'));
    await cairn.as('auditor').get(on.at('/audit'));
    const answer = done(await on.post('/notes', { visibility: 'shared', text: 'x' }));
    expect(answer.body.revision).toBe(before.revision + 1);
  });

  it('has those of this engagement only', async () => {
    const other = await anAgreedPlan(cairn, { client: on.client });
    await cairn.settled();
    await cairn.as('auditor').get(other.at(''));
    expect(await log()).toEqual([]);
    expect(await readItems(on.client, other.at('/disclosures'), disclosure)).toHaveLength(1);
  });
});
