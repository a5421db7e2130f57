import { randomUUID } from 'node:crypto';
import {
  aBarrier,
  aCheckIn,
  aGoal,
  agreePlan,
  aMilestone,
  anAction,
  anEngagement,
  aProposedGoal,
  done,
  now,
  today,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { byText, read } from '../../support/reading';
import { type Overview, overview } from '../../support/shapes';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

async function overviewOf(of: Case, by = of.coach): Promise<Overview> {
  await cairn.settled();
  return read(by, of.at(''), overview);
}

describe('The overview', () => {
  it('of a proposal has every field, and null for what there is not', async () => {
    const of = await anEngagement(cairn, { state: 'proposed', sponsor: false });
    expect(await overviewOf(of)).toEqual({
      engagementId: of.id,
      revision: 0,
      state: 'proposed',
      client: { participantId: of.client.id, name: null },
      coach: { participantId: of.coach.id, name: null },
      sponsor: null,
      startsOn: '2026-03-01',
      endsOn: '2026-12-31',
      startedAt: null,
      endedAt: null,
      agreement: { signed: [], missing: ['client', 'coach'], discloses: [] },
      vision: null,
      plan: { revision: 0, agreedAt: null, lastAdaptedAt: null },
      goals: [],
      lastCheckIn: null,
      nextCheckIn: null,
      open: { milestones: 0, actions: 0, barriers: 0 },
      health: { level: 'on-track', rules: [] },
    });
  });

  it('names the people who are registered, by their newest name', async () => {
    const of = await anEngagement(cairn);
    const register = (participantId: string, kind: string, name: string) =>
      of.coach.post('/participants', { participantId, kind, name });
    done(await register(of.client.id, 'client', 'Ada'));
    done(await register(of.coach.id, 'staff', 'Bea'));
    done(await of.client.post(`/participants/${of.client.id}/update`, { name: 'Ada Lovelace' }));
    expect(await overviewOf(of, of.client)).toMatchObject({
      client: { participantId: of.client.id, name: 'Ada Lovelace' },
      coach: { participantId: of.coach.id, name: 'Bea' },
      sponsor: { participantId: of.sponsor.id, name: null },
    });
  });

  it('knows who signed, who is missing and what is disclosed', async () => {
    const of = await anEngagement(cairn, { state: 'proposed' });
    const missing = async () => [...(await overviewOf(of)).agreement.missing].sort(byText);
    expect(await missing()).toEqual(['client', 'coach', 'sponsor']);
    done(await of.post('/agreement', { party: 'client', discloses: ['progress', 'goals'] }, of.client));
    expect(await missing()).toEqual(['coach', 'sponsor']);
    const { agreement } = await overviewOf(of);
    expect(agreement.signed).toEqual(['client']);
    expect([...agreement.discloses].sort(byText)).toEqual(['goals', 'progress']);
    done(await of.post('/agreement', { party: 'client', discloses: ['attendance'] }, of.client));
    expect((await overviewOf(of)).agreement.discloses).toEqual(['attendance']);
  });

  it('follows the engagement through its states', async () => {
    const of = await anEngagement(cairn, { state: 'signed', sponsor: false });
    const stateOf = async () => {
      const { state, startedAt, endedAt } = await overviewOf(of);
      return [state, startedAt && Date.parse(startedAt), endedAt && Date.parse(endedAt)];
    };
    const start = Date.parse('2026-04-01T08:00:00Z');
    expect(await stateOf()).toEqual(['agreed', null, null]);
    cairn.clock.advance(60_000);
    done(await of.post('/start'));
    const started = (await stateOf())[1] as number;
    expect(started).toBeGreaterThan(start);
    done(await of.post('/pause', { reason: 'Ill' }));
    expect(await stateOf()).toEqual(['paused', started, null]);
    done(await of.post('/resume'));
    expect(await stateOf()).toEqual(['active', started, null]);
    done(await of.post('/extend', { endsOn: '2027-02-28', reason: 'Longer' }));
    expect((await overviewOf(of)).endsOn).toBe('2027-02-28');
    done(await of.post('/complete', { summary: 'Done' }));
    expect(await stateOf()).toEqual(['completed', started, expect.any(Number)]);
    done(await of.post('/reopen', { reason: 'More' }));
    expect(await stateOf()).toEqual(['active', started, null]);
    done(await of.post('/end-early', { reason: 'Moved' }, of.client));
    expect((await stateOf())[0]).toBe('ended-early');
  });

  it('has the vision in its newest words', async () => {
    const of = await anEngagement(cairn);
    const vision = { vision: 'Lead', values: ['Honesty'], interests: [], aspirations: ['A firm', 'A book'] };
    done(await of.client.put(of.at('/vision'), { ...vision, vision: 'First try' }));
    done(await of.coach.put(of.at('/vision'), vision));
    expect((await overviewOf(of)).vision).toEqual(vision);
  });

  it('has goals of every lifecycle with their ranks, weights and dates', async () => {
    const of = await anEngagement(cairn);
    const proposed = await aProposedGoal(of);
    const rejected = await aProposedGoal(of);
    done(await of.post(`/goals/${rejected}/reject`, { reason: 'No' }, of.client));
    const cancelled = await aGoal(of);
    done(await of.post(`/goals/${cancelled}/abandon`, { reason: 'No' }));
    const [active, held, achieved] = [
      await aGoal(of, { weight: 0.5, source: 'client' }),
      await aGoal(of),
      await aGoal(of),
    ];
    done(await of.post('/goals/priorities', { order: [held, active, achieved] }));
    done(await of.post(`/goals/${held}/hold`, { reason: 'Later' }));
    done(await of.post(`/goals/${achieved}/achieve`, { achievedOn: today }));
    await aMilestone(of, active);
    const reached = await aMilestone(of, active);
    done(await of.post(`/milestones/${reached}/reach`, { reachedOn: today }));
    await agreePlan(of);
    const { goals, plan } = await overviewOf(of, of.client);
    expect(Object.fromEntries(goals.map(({ goalId, lifecycle }) => [goalId, lifecycle]))).toEqual({
      [proposed]: 'proposed',
      [rejected]: 'rejected',
      [cancelled]: 'cancelled',
      [active]: 'active',
      [held]: 'on-hold',
      [achieved]: 'completed',
    });
    expect(goals.find(({ goalId }) => goalId === active)).toEqual({
      goalId: active,
      specific: 'Find a position as a team lead',
      source: 'client',
      lifecycle: 'active',
      achievement: 'in-progress',
      rank: 2,
      weight: 0.5,
      startOn: '2026-03-01',
      dueOn: '2026-06-30',
      baselineDueOn: '2026-06-30',
      completion: 0.5,
    });
    expect(goals.find(({ goalId }) => goalId === held)).toMatchObject({ rank: 1, completion: null });
    expect(goals.find(({ goalId }) => goalId === proposed)).toMatchObject({ source: 'sponsor', baselineDueOn: null });
    expect(plan).toMatchObject({ revision: 1, lastAdaptedAt: null });
    expect(plan.agreedAt).not.toBeNull();
  });

  it('has the last check-in that was held and the next one that is scheduled', async () => {
    const of = await anEngagement(cairn);
    const [first, second] = [await aCheckIn(of), await aCheckIn(of)];
    const hold = async (id: string, heldAt: string) =>
      done(await of.post(`/check-ins/${id}/hold`, { heldAt, summary: 'We met' }));
    await hold(second, '2026-04-01T08:30:00Z');
    await hold(first, '2026-04-01T07:30:00Z');
    await aCheckIn(of, '2026-05-20T09:00:00Z');
    const next = await aCheckIn(of, '2026-05-13T09:00:00Z');
    const missed = await aCheckIn(of, '2026-05-06T09:00:00Z');
    done(await of.post(`/check-ins/${missed}/miss`, { by: 'client' }));
    const seen = await overviewOf(of);
    expect(seen.lastCheckIn?.checkInId).toBe(second);
    expect(Date.parse(seen.lastCheckIn!.heldAt)).toBe(Date.parse('2026-04-01T08:30:00Z'));
    expect(seen.nextCheckIn?.checkInId).toBe(next);
    expect(Date.parse(seen.nextCheckIn!.scheduledFor)).toBe(Date.parse('2026-05-13T09:00:00Z'));
  });

  it('counts what is open', async () => {
    const of = await anEngagement(cairn);
    const goal = await aGoal(of);
    const [planned, missed, reached, dropped] = [
      await aMilestone(of, goal),
      await aMilestone(of, goal),
      await aMilestone(of, goal),
      await aMilestone(of, goal),
    ];
    done(await of.post(`/milestones/${dropped}/drop`, { reason: 'No' }));
    await anAction(of, planned);
    const completed = await anAction(of, planned);
    done(await of.post(`/actions/${completed}/complete`, { completedOn: today }));
    await aBarrier(of);
    await aBarrier(of);
    const resolved = await aBarrier(of);
    done(await of.post(`/barriers/${resolved}/resolve`, { outcome: 'Gone', resolvedOn: today }));
    done(await of.post(`/milestones/${missed}/miss`, {}));
    done(await of.post(`/milestones/${reached}/reach`, { reachedOn: today }));
    expect((await overviewOf(of)).open).toEqual({ milestones: 2, actions: 1, barriers: 2 });
  });

  it('has the revision that the last command had', async () => {
    const of = await anEngagement(cairn);
    const answer = done(await of.post('/setbacks', { description: 'x', lesson: 'y' }));
    expect((await overviewOf(of)).revision).toBe(answer.body.revision);
    const unchanged = (await overviewOf(of, cairn.as('auditor', randomUUID()))).revision;
    expect((await overviewOf(of)).revision).toBe(unchanged);
  });
});
