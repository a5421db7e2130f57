import { adapt, aBarrier, anAgreedPlan, anEngagement, done, now, today, type Planned } from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { newMilestone } from '../../support/past';
import { read, readItems } from '../../support/reading';
import { auditEntry, overview, planRevision } from '../../support/shapes';

let cairn: TestCairn;
let on: Planned;
let trigger: string;
const talk = '7c1de0a4-5d0f-4a43-9a55-0e2f2a1c9b10';
beforeAll(async () => {
  cairn = await startTestCairn({ now });
  on = await anAgreedPlan(cairn);
  const barrier = await aBarrier(on);
  await cairn.settled();
  const [identified] = await readItems(on.coach, on.at('/audit?type=BarrierIdentified'), auditEntry);
  trigger = identified!.eventId;
  cairn.clock.advance(60_000);
  done(
    await adapt(on, changes(), {
      reasonCode: 'barrier',
      reasonText: 'No time',
      triggeredBy: [trigger],
      sponsorInformed: true,
    }),
  );
  cairn.clock.advance(60_000);
  const change = { op: 'goal-reweighted', goalId: on.goal, from: 1, to: 2 };
  const more = {
    baseRevision: 2,
    effectiveOn: today,
    occurredAt: '2026-04-01T08:30:00+01:00',
    onBehalfOf: on.client.id,
  };
  done(await adapt(on, [change], more));
  done(await on.post(`/barriers/${barrier}/resolve`, { outcome: 'Solved', resolvedOn: today }));
  await cairn.settled();
});
afterAll(() => cairn.stop());

const changes = () => [
  { op: 'milestone-redated', milestoneId: on.milestone, from: '2026-05-31', to: '2026-06-15' },
  { op: 'milestone-added', milestone: newMilestone(on.goal, { milestoneId: talk, title: 'A talk is given' }) },
  { op: 'action-dropped', actionId: on.action },
];

describe('The revisions of a plan', () => {
  it('are told in ascending order, each with its changes in words', async () => {
    const revisions = await readItems(on.client, on.at('/plan/revisions'), planRevision);
    expect(revisions.map(({ revision, kind }) => [revision, kind])).toEqual([
      [1, 'agreed'],
      [2, 'adapted'],
      [3, 'adapted'],
    ]);
    const [agreed, adapted, last] = revisions;
    expect(agreed).toEqual({
      revision: 1,
      kind: 'agreed',
      eventId: expect.any(String),
      occurredAt: expect.any(String),
      recordedAt: expect.any(String),
      effectiveOn: today,
      actor: { id: on.coach.id, role: 'coach' },
      onBehalfOf: null,
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      reasonCode: null,
      reasonText: null,
      changes: [],
      sentences: [],
      triggeredBy: [],
    });
    expect(adapted).toMatchObject({
      effectiveOn: today,
      agreedBy: ['client', 'coach'],
      sponsorInformed: true,
      reasonCode: 'barrier',
      reasonText: 'No time',
      triggeredBy: [{ eventId: trigger, type: 'BarrierIdentified' }],
    });
    expect(Date.parse(adapted!.occurredAt)).toBe(Date.parse('2026-04-01T09:01:00Z'));
    expect(adapted!.changes).toMatchObject(changes());
    expect(adapted!.sentences).toHaveLength(3);
    expect(adapted!.sentences[1]).toContain('A talk is given');
    expect(adapted!.sentences[0]).toContain('2026-06-15');
    expect(last).toMatchObject({ onBehalfOf: on.client.id, sponsorInformed: false, reasonCode: 'circumstances' });
    expect(Date.parse(last!.occurredAt)).toBe(Date.parse('2026-04-01T07:30:00Z'));
    expect(Date.parse(last!.recordedAt)).toBe(Date.parse('2026-04-01T09:02:00Z'));
  });

  it('are turned by order=desc', async () => {
    const turned = await readItems(on.client, on.at('/plan/revisions?order=desc'), planRevision);
    const straight = await readItems(on.client, on.at('/plan/revisions'), planRevision);
    expect(turned).toEqual([...straight].reverse());
  });

  it('tell in what event each was made, as the audit and the overview do', async () => {
    const revisions = await readItems(on.client, on.at('/plan/revisions'), planRevision);
    const audit = await readItems(on.client, on.at('/audit?type=PlanAgreed&type=PlanAdapted'), auditEntry);
    expect(audit.map(({ eventId }) => eventId)).toEqual(revisions.map(({ eventId }) => eventId));
    const seen = await read(on.client, on.at(''), overview);
    expect(seen.plan).toEqual({
      revision: 3,
      agreedAt: revisions[0]!.occurredAt,
      lastAdaptedAt: revisions[2]!.occurredAt,
    });
  });

  it('are none before it is agreed', async () => {
    const other = await anEngagement(cairn);
    await cairn.settled();
    expect(await readItems(other.client, other.at('/plan/revisions'), planRevision)).toEqual([]);
  });
});
