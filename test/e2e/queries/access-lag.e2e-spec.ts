import { randomUUID } from 'node:crypto';
import { projections } from '../../../projections';
import { createProjectionEngine } from '../../../projections/engine/engine';
import { expectProblem } from '../../support/answers';
import { anAgreedPlan, anEngagement, done, now, type Planned } from '../../support/builders';
import { type Caller, startTestCairn, type TestCairn } from '../../support/cairn';
import { quiet } from '../../support/read-models';
import { reason } from '../../support/reading';
import { paths, type PathName } from '../../support/season';

/** Nobody projects here but who is told to, so the rows stay as they were. */
let cairn: TestCairn;
let on: Planned;
beforeAll(async () => {
  cairn = await startTestCairn({ now, parts: ['api'] });
});
beforeEach(async () => {
  on = await anAgreedPlan(cairn, { discloses: ['goals', 'progress', 'attendance'] });
  for (const [id, kind] of [
    [on.client.id, 'client'],
    [on.coach.id, 'coach'],
  ]) {
    done(await cairn.as('admin').post('/participants', { participantId: id, kind, name: 'Ada' }));
  }
  await project();
});
afterAll(() => cairn.stop());

async function project(): Promise<void> {
  const { pool, store } = cairn.running;
  const stop = new AbortController();
  const running = createProjectionEngine({ pool, store, projections, timeZone: 'UTC', logger: quiet }).run(stop.signal);
  await cairn.settled();
  stop.abort();
  await running;
}

const names = Object.keys(paths) as PathName[];
const at = (name: PathName): string =>
  on.at(name === 'diff' ? '/plan/diff?from=0&to=1' : paths[name].replace(/=2$/, '=1'));

async function outcomes(by: Caller): Promise<readonly (readonly [PathName, number])[]> {
  const found: (readonly [PathName, number])[] = [];
  for (const name of names) found.push([name, (await by.get(at(name), reason)).status]);
  return found;
}
const all = (status: number) => names.map((name) => [name, status]);
const idsIn = async (by: Caller, path: string): Promise<readonly string[]> => {
  const { items } = done(await by.get(path)).body as { items: readonly { engagementId: string }[] };
  return items.map(({ engagementId }) => engagementId);
};

describe('While the read models lag behind', () => {
  it('a sponsor whom nothing is disclosed any more is refused at once, on every path', async () => {
    const read = names.filter((name) => /plan|revisions|diff|progress|check-ins/.test(name));
    const byHealth = `/engagements?health=${(await on.coach.get(on.at(''))).body.health.level as string}`;
    expect(await idsIn(on.sponsor, byHealth)).toEqual([on.id]);
    const before = await outcomes(on.sponsor);
    expect(before.filter(([, status]) => status === 200).map(([name]) => name)).toEqual(['overview', ...read]);

    done(await on.post('/agreement', { party: 'client', discloses: [] }, on.client));

    expect(await outcomes(on.sponsor)).toEqual(names.map((name) => [name, name === 'overview' ? 200 : 403]));
    const hidden = { goals: [], vision: null, health: null, open: null, lastCheckIn: null, nextCheckIn: null };
    expect((await on.sponsor.get(on.at(''))).body).toMatchObject(hidden);
    const listed = (await on.sponsor.get('/engagements')).body.items;
    expect(listed).toMatchObject([{ engagementId: on.id, ...hidden }]);
    expect(await idsIn(on.sponsor, byHealth)).toEqual([]);
  });

  it('a sponsor is shown at once what is disclosed anew, under the new signature', async () => {
    done(await on.post('/agreement', { party: 'client', discloses: [] }, on.client));
    expectProblem(await on.sponsor.get(on.at('/plan')), 403, 'forbidden');
    const answer = await on.post('/agreement', { party: 'client', discloses: ['goals'] }, on.client);
    expect((await on.sponsor.get(on.at('/plan'))).status).toBe(200);
    const disclosures = await on.client.get(on.at('/disclosures'));
    expect(disclosures.body.items).toMatchObject([{ consentEventId: done(answer).body.eventIds[0] }]);
  });

  it('a former coach sees nothing from then on, and the new one sees it at once', async () => {
    const successor = cairn.as('coach');
    const person = `/participants/${on.client.id}`;
    expect(await idsIn(on.coach, '/engagements')).toEqual([on.id]);
    expect(await idsIn(on.coach, '/caseload')).toEqual([on.id]);
    expect((await on.coach.get(person)).status).toBe(200);

    done(await on.post('/coach', { coachId: successor.id, reason: 'Moved away' }));

    expect(await outcomes(on.coach)).toEqual(all(404));
    for (const path of ['/engagements', '/caseload']) expect([path, await idsIn(on.coach, path)]).toEqual([path, []]);
    expectProblem(await on.coach.get(person), 404, 'not-found');
    expectProblem(await on.coach.post(`${person}/update`, { name: 'Eve' }), 404, 'not-found');
    expect(await outcomes(successor)).toEqual(names.map((name) => [name, name === 'disclosures' ? 403 : 200]));
  });

  it('an engagement that was just proposed is there: from the log at once, from rows when they have come', async () => {
    const made = await anEngagement(cairn, { state: 'proposed' });
    const statuses = (of: readonly PathName[]) =>
      Promise.all(of.map(async (name) => (await made.coach.get(made.at(paths[name]))).status));
    expect(await statuses(['plan of a day', 'progress of a day', 'brief'])).toEqual([200, 200, 200]);

    const fromRows: readonly PathName[] = ['overview', 'plan', 'revisions', 'progress', 'check-ins', 'notes', 'audit'];
    expect(new Set(await statuses(fromRows))).toEqual(new Set([503]));
    const answer = await made.coach.get(made.at(''));
    expectProblem(answer, 503, 'not-yet-projected');
    expect(answer.headers.get('retry-after')).toBe('1');
    expectProblem(await cairn.as('client').get(made.at('')), 404, 'not-found');

    await project();
    expect(new Set(await statuses(fromRows))).toEqual(new Set([200]));
  });

  it('an engagement that nobody proposed is not found', async () => {
    on = { ...on, at: (path) => `/engagements/${randomUUID()}${path}` };
    for (const by of [on.coach, cairn.as('supervisor')]) expect(await outcomes(by)).toEqual(all(404));
  });
});
