import { expectInvalid } from '../../support/answers';
import { aGoal, agreePlan, aMilestone, anEngagement, done, type Case } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { read, readItems } from '../../support/reading';
import { auditEntry, barrier, plan, planRevision, progress } from '../../support/shapes';

/** In Auckland it is 2 April already, 13 hours ahead of UTC. */
const now = '2026-04-01T15:00:00.000Z';
let cairn: TestCairn;
let on: Case;
let milestone: string;
beforeAll(async () => {
  cairn = await startTestCairn({ now, settings: { timeZone: 'Pacific/Auckland' } });
  on = await anEngagement(cairn, { sponsor: false, proposal: { occurredAt: '2026-03-20T09:00:00Z' } });
  milestone = await aMilestone(on, await aGoal(on, { occurredAt: '2026-03-31T10:59:00Z' }), {
    occurredAt: '2026-03-31T11:01:00Z',
  });
  await agreePlan(on);
  done(
    await on.post('/barriers', {
      category: 'skill',
      description: 'x',
      severity: 1,
      affects: [],
      occurredAt: '2026-03-31T11:00:00Z',
    }),
  );
  await cairn.settled();
});
afterAll(() => cairn.stop());

describe('Days are those of the time zone', () => {
  it('today is the day there', async () => {
    expect((await read(on.client, on.at('/progress'), progress)).asOf).toBe('2026-04-02');
    expect((await on.client.get(on.at('/progress?asOf=2026-04-02'))).status).toBe(200);
    expectInvalid(await on.client.get(on.at('/progress?asOf=2026-04-03')));
    const [agreed] = await readItems(on.client, on.at('/plan/revisions'), planRevision);
    expect(agreed?.effectiveOn).toBe('2026-04-02');
  });

  it('what happened shortly before midnight there belongs to the day before', async () => {
    const before = await read(on.client, on.at('/plan?asOf=2026-03-31'), plan);
    expect([before.goals.length, before.milestones.length]).toEqual([1, 0]);
    const after = await read(on.client, on.at('/plan?asOf=2026-04-01'), plan);
    expect(after.milestones.map(({ milestoneId }) => milestoneId)).toEqual([milestone]);
    const audit = await readItems(on.client, on.at('/audit?from=2026-04-01&to=2026-04-01'), auditEntry);
    expect(audit.map(({ type }) => type)).toEqual(['MilestonePlanned', 'BarrierIdentified']);
  });

  it('days are counted there', async () => {
    const [open] = await readItems(on.client, on.at('/barriers'), barrier);
    expect(open).toMatchObject({ identifiedOn: '2026-04-01', openDays: 1 });
  });
});
