import { expectProblem } from '../../support/answers';
import { adapt, aGoal, agreePlan, aMilestone, done, now, type Case } from '../../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../../support/cairn';
import { engagementSince, on as day, score } from '../../support/past';
import { read, reason } from '../../support/reading';
import { table } from '../../support/shapes';

let cairn: TestCairn;
let coach: Caller;
let sponsor: Caller;
const start = '2026-01-01';

/** T from 40 to 60, a milestone that slips by 9 and −5 days, a barrier of 5 days and an open one. */
async function season(options: { coach: Caller; client?: Caller }, reasonCode = 'circumstances'): Promise<Case> {
  const of = await engagementSince(cairn, start, { ...options, sponsor: true, sponsorCaller: sponsor });
  const goal = await aGoal(of, { startOn: start, dueOn: '2026-06-30', ...day(start) });
  const id = await aMilestone(of, goal, { dueOn: '2026-03-01', ...day(start) });
  await agreePlan(of, day('2026-01-10'));
  const redated = { op: 'milestone-redated', milestoneId: id, from: '2026-03-01', to: '2026-03-15' };
  done(await adapt(of, [redated], { effectiveOn: '2026-02-20', reasonCode, ...day('2026-02-20') }));
  done(await of.post(`/milestones/${id}/reach`, { reachedOn: '2026-03-10' }));
  await score(of, goal, -1, '2026-01-15');
  await score(of, goal, 1, '2026-03-15');
  const barrier = { category: 'skill', description: 'Secretbarrier', severity: 2, affects: [], ...day('2026-03-01') };
  const resolved = done(await of.post('/barriers', barrier)).body.barrierId as string;
  done(await of.post(`/barriers/${resolved}/resolve`, { outcome: 'Gone', resolvedOn: '2026-03-06' }));
  done(await of.post('/barriers', barrier));
  return of;
}

beforeAll(async () => {
  cairn = await startTestCairn({ now });
  coach = cairn.as('coach');
  sponsor = cairn.as('sponsor');
  const client = cairn.as('client');
  // Five engagements of five clients adapted because of circumstances, five of four clients to learn.
  for (let n = 0; n < 5; n += 1) await season({ coach });
  for (let n = 0; n < 3; n += 1) await season({ coach: cairn.as('coach') }, 'learning');
  for (let n = 0; n < 2; n += 1) await season({ coach: cairn.as('coach'), client }, 'learning');
  await cairn.settled();
});
afterAll(() => cairn.stop());

const columns: Readonly<Record<string, readonly string[]>> = {
  adaptations: ['month', 'reason_code', 'adaptations', 'engagements'],
  barriers: ['category', 'barriers', 'open', 'resolved', 'median_open_days', 'mean_open_days'],
  slippage: ['against', 'from_days', 'to_days', 'milestones'],
  attainment: ['rater', 'from_t', 'to_t', 'engagements'],
};
const views = Object.keys(columns);

/** The rows by the names of their columns. */
async function rows(by: Caller, view: string): Promise<readonly Record<string, unknown>[]> {
  const answer = await read(by, `/analytics/${view}`, table);
  expect(answer.columns).toEqual(columns[view]);
  for (const row of answer.rows) expect(row).toHaveLength(answer.columns.length);
  return answer.rows.map((row) => Object.fromEntries(row.map((cell, index) => [answer.columns[index], cell])));
}

describe('Analytics', () => {
  it('of adaptations tell reasons by month', async () => {
    const all = await rows(cairn.as('supervisor'), 'adaptations');
    expect(all).toHaveLength(2);
    for (const reason_code of ['circumstances', 'learning']) {
      const row = all.find((one) => one.reason_code === reason_code);
      expect(row).toMatchObject({ adaptations: 5, engagements: 5, month: expect.stringMatching(/^2026-02/) });
    }
  });

  it('of barriers tell days open by category', async () => {
    expect(await rows(cairn.as('auditor'), 'barriers')).toEqual([
      { category: 'skill', barriers: 20, open: 10, resolved: 10, median_open_days: 5, mean_open_days: 5 },
    ]);
  });

  it('of slippage tell milestones in buckets of seven days, against both dates', async () => {
    const all = await rows(cairn.as('admin'), 'slippage');
    const at = (against: string, days: number) =>
      all.find((row) => row.against === against && Number(row.from_days) <= days && days < Number(row.to_days));
    expect(at('baseline', 9)).toMatchObject({ milestones: 10 });
    expect(at('current', -5)).toMatchObject({ milestones: 10 });
    const counted = all.reduce((sum, row) => sum + Number(row.milestones), 0);
    expect(counted).toBe(20);
    for (const row of all) expect(Number(row.to_days) - Number(row.from_days)).toBe(7);
  });

  it('of attainment tell engagements by T in buckets of five', async () => {
    const all = await rows(cairn.as('supervisor'), 'attainment');
    const at = all.find((row) => row.rater === 'client' && Number(row.from_t) <= 60 && 60 < Number(row.to_t));
    expect(at).toMatchObject({ engagements: 10 });
    for (const row of all) expect(Number(row.to_t) - Number(row.from_t)).toBe(5);
    expect(all.filter(({ rater }) => rater === 'coach').reduce((sum, row) => sum + Number(row.engagements), 0)).toBe(0);
  });

  it('of a coach are over their own caseload', async () => {
    expect(await rows(coach, 'adaptations')).toMatchObject([{ reason_code: 'circumstances', engagements: 5 }]);
    expect(await rows(coach, 'barriers')).toMatchObject([{ category: 'skill', barriers: 10 }]);
    for (const view of views) expect(await rows(cairn.as('coach'), view)).toEqual([]);
  });

  it('of a sponsor leave out rows over fewer than five clients', async () => {
    expect(await rows(sponsor, 'adaptations')).toMatchObject([{ reason_code: 'circumstances', engagements: 5 }]);
    expect(await rows(sponsor, 'barriers')).toMatchObject([{ category: 'skill', barriers: 20 }]);
    for (const view of views) expect(await rows(cairn.as('sponsor'), view)).toEqual([]);
  });

  it.each(views)('of other tenants are not in it: %s', async (view) => {
    expect(await rows(cairn.as('admin', undefined, 'elsewhere'), view)).toEqual([]);
    expect(await rows(cairn.as('coach', coach.id, 'elsewhere'), view)).toEqual([]);
  });

  it.each(views)('are refused to a client, and need no reason of a supervisor: %s', async (view) => {
    expectProblem(await cairn.as('client').get(`/analytics/${view}`, reason), 403, 'forbidden');
    expect((await cairn.as('supervisor').get(`/analytics/${view}`)).status).toBe(200);
  });

  it.each(views)('come as CSV too: %s', async (view) => {
    const admin = cairn.as('admin');
    const answer = await admin.get(`/analytics/${view}`, { accept: 'text/csv' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    const [header, ...lines] = (answer.body as string).trim().split(/\r?\n/);
    expect(header).toBe(columns[view]!.join(','));
    const { rows: cells } = await read(admin, `/analytics/${view}`, table);
    expect(lines.map((line) => line.split(','))).toEqual(
      cells.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
    );
  });

  it('that do not exist are not found', async () => {
    expectProblem(await cairn.as('admin').get('/analytics/horoscopes'), 404, 'not-found');
  });
});
