import { expectInvalid } from '../support/answers';
import {
  adapt,
  aBarrier,
  aCheckIn,
  aGoal,
  agreePlan,
  aMilestone,
  anAction,
  anEngagement,
  aResource,
  done,
  euros,
  milestoneBody,
  now,
  today,
  type Case,
} from '../support/builders';
import { startTestCairn, type Caller, type TestCairn } from '../support/cairn';
import { read, readItems } from '../support/reading';
import * as shapes from '../support/shapes';

const { auditEntry, barrier, note, overview, plan, planDiff, progress, resource, table } = shapes;
const FIRST = '1900-01-01';
const LAST = '9998-12-31';
const LONG_AGO = { occurredAt: `${FIRST}T00:00:00Z` };
const GREATEST = Number.MAX_VALUE;
const EMAIL = `${'x'.repeat(318)}@y`;
const MOST_MONEY = euros('999999999999.99');
/** What has a meaning of its own to JSON, to SQL, to arrays, to COPY and to those who write from right to left. */
const ODD = '\\N\\.\t"{NULL}\',$1%s</script>\n\u202e\ufeff\uffff\u{10ffff}\u2028';
/** The longest text and the longest title, of characters with two code units, and of odd ones. */
const text = ODD + '😀'.repeat(4_000 - Array.from(ODD).length);
const title = `x${'😀'.repeat(199)}`;
const scale = [-2, -1, 0, 1, 2].map((level) => ({ level, description: `${level} ${ODD}` }));
const measureOf = (baseline: number, target: number, direction: string) => ({
  metric: title,
  unit: title,
  baseline,
  target,
  direction,
});
const ends = { startOn: FIRST, dueOn: LAST, ...LONG_AGO };

describe.each(['UTC', 'America/New_York'])('The extremes of what is accepted, in %s', (timeZone) => {
  let cairn: TestCairn;
  let on: Case;
  let admin: Caller;
  /** Numbers at both ends, weights of every size; the first two have milestones. */
  let goals: readonly string[];
  let milestone: string;
  let action: string;

  beforeAll(async () => {
    cairn = await startTestCairn({ now, settings: { timeZone, activeGoalCap: 10 } });
    admin = cairn.as('admin');
    on = await anEngagement(cairn, {
      sponsor: false,
      state: 'proposed',
      proposal: { startsOn: FIRST, endsOn: LAST, checkInEveryDays: 3_660, ...LONG_AGO },
    });
    done(
      await on.coach.post('/participants', { participantId: on.client.id, kind: 'client', name: title, email: EMAIL }),
    );
    done(await on.post('/agreement', { party: 'client', discloses: [], ...LONG_AGO }, on.client));
    done(await on.post('/agreement', { party: 'coach', ...LONG_AGO }));
    done(await on.post('/start', LONG_AGO));
  });
  afterAll(() => cairn.stop());

  it('takes goals, observations and scores with the greatest and the least numbers', async () => {
    const more = { specific: text, relevance: text, achievability: { confidence: 0, rationale: text }, ...ends };
    goals = [
      await aGoal(on, { ...more, measure: measureOf(-GREATEST, GREATEST, 'increase'), weight: 1e-200, rank: 1 }),
      await aGoal(on, { ...more, measure: measureOf(GREATEST, -GREATEST, 'decrease'), weight: 5e-324 }),
      await aGoal(on, {
        specific: ODD,
        measure: measureOf(5e-324, -5e-324, 'increase'),
        weight: 0,
        rank: 2_147_483_647,
      }),
    ];
    for (const goal of goals) {
      for (const value of [-GREATEST, GREATEST, 5e-324, 1e-300, GREATEST]) {
        done(await on.post(`/goals/${goal}/progress`, { value, observedOn: today, rater: 'coach', note: text }));
      }
      const first = { level: -2, observedOn: FIRST, rater: 'client', ...LONG_AGO };
      done(await on.post(`/goals/${goal}/attainment`, first, on.client));
      done(await on.post(`/goals/${goal}/attainment`, { level: 1, observedOn: today, rater: 'client' }, on.client));
    }
    await cairn.settled();
    expect((await read(on.coach, '/analytics/attainment', table)).rows).toEqual([['client', 60, 65, 1]]);
  });

  it('takes the last place of a milestone again and again, and no later one', async () => {
    const [goal = ''] = goals;
    for (let n = 0; n < 3; n += 1) {
      milestone = await aMilestone(on, goal, { title, criterion: text, dueOn: LAST, order: 1_000, ...LONG_AGO });
    }
    await aMilestone(on, goal, { dueOn: FIRST, ...LONG_AGO });
    action = await anAction(on, milestone, { title, dueOn: LAST, commitment: 10, ...LONG_AGO });
    for (const order of [0, 1_001, 2_147_483_647, 1e300]) {
      expectInvalid(await on.post('/milestones', milestoneBody(goal, { dueOn: LAST, order })), 'order');
    }
  });

  it('takes the greatest amounts, the longest lists and the largest body', async () => {
    const funding = await aResource(on, { description: text, budget: MOST_MONEY });
    done(await on.post(`/resources/${funding}/allocate`, { to: milestone, amount: MOST_MONEY }));
    const unlimited = await aResource(on, { budget: null });
    for (let n = 0; n < 2; n += 1) {
      done(await on.post(`/resources/${unlimited}/allocate`, { to: milestone, amount: MOST_MONEY }));
    }
    const affects = [milestone, ...goals, ...Array<string>(96).fill(milestone)];
    const severe = await aBarrier(on, { description: text, severity: 5, affects, ...LONG_AGO });
    done(await on.post(`/barriers/${severe}/strategies`, { description: text, ...LONG_AGO }));
    done(await on.post(`/barriers/${severe}/resolve`, { outcome: text, resolvedOn: today }));
    done(await on.post(`/barriers/${severe}/reopen`, { reason: text }));
    await aBarrier(on, { severity: 1, ...LONG_AGO });
    for (const visibility of ['shared', 'coach-private']) {
      done(await on.post('/notes', { visibility, text, about: milestone, ...LONG_AGO }));
    }
    done(await on.post('/celebrations', { about: milestone, how: text, ...LONG_AGO }));
    done(await on.post('/setbacks', { description: text, lesson: text, ...LONG_AGO }));

    const vision = { vision: text, values: Array<string>(100).fill(`${ODD}${'ä'.repeat(200)}`), interests: [] };
    const spare = 65_536 - Buffer.byteLength(JSON.stringify({ ...vision, aspirations: [] }));
    const aspirations = [2, 1, 0].map((rest) => 'y'.repeat(Math.floor((spare - 8 + rest) / 3)));
    const body = JSON.stringify({ ...vision, aspirations });
    expect(Buffer.byteLength(body)).toBe(65_536);
    const json = { 'content-type': 'application/json' };
    done(await on.client.raw('PUT', on.at('/vision'), body, json));
    expect((await on.client.raw('PUT', on.at('/vision'), `${body} `, json)).status).toBe(413);
  });

  it('takes check-ins from the first day to the last', async () => {
    const held = await aCheckIn(on, `${FIRST}T00:00:00Z`);
    done(await on.post(`/check-ins/${held}/hold`, { heldAt: `${FIRST}T00:00:00Z`, summary: text, confidence: 1 }));
    const missed = await aCheckIn(on, `${LAST}T23:59:59.999Z`);
    done(await on.post(`/check-ins/${missed}/miss`, { by: 'client', reason: text, ...LONG_AGO }));
    await aCheckIn(on, `${LAST}T23:59:59.999999999Z`);
  });

  it('takes an adaptation of as many changes as may be', async () => {
    const [goal = ''] = goals;
    const { eventIds } = done(await agreePlan(on, LONG_AGO)).body as { eventIds: string[] };
    const added = Array.from({ length: 97 }, (_item, index) => ({
      op: 'milestone-added',
      milestone: milestoneBody(goal, {
        milestoneId: `6f1c2f0e-5b7a-4c8e-9f2d-${String(index).padStart(12, '0')}`,
        dueOn: index % 2 === 0 ? FIRST : LAST,
        ...(index % 3 === 0 ? {} : { order: index % 3 === 1 ? 1_000 : 1 }),
      }),
    }));
    const changes = [
      ...added,
      { op: 'milestone-redated', milestoneId: milestone, from: LAST, to: FIRST },
      { op: 'goal-reweighted', goalId: goals[2], from: 0, to: 100 },
      {
        op: 'goal-retargeted',
        goalId: goals[1],
        from: { measure: measureOf(GREATEST, -GREATEST, 'decrease') },
        to: { attainmentScale: scale },
      },
    ];
    const first = { op: 'action-redated', actionId: action, from: LAST, to: FIRST };
    done(await adapt(on, [first], { reasonText: text, triggeredBy: eventIds, effectiveOn: today }));
    done(await adapt(on, changes, { baseRevision: 2, reasonText: text, triggeredBy: eventIds }));
  });

  it('has all of it in every read model, and none of them stops', async () => {
    await cairn.settled();
    const models = await readItems(admin, '/projections', shapes.projection);
    expect(models.length).toBeGreaterThan(5);
    const behind = models.filter(({ state, parked, lagEvents }) => state !== 'live' || parked > 0 || lagEvents > 0);
    expect(behind).toEqual([]);
  });

  it('answers every query about it', async () => {
    await read(on.coach, on.at(''), overview);
    await read(on.coach, on.at('/plan'), plan);
    for (const asOf of [FIRST, '1900-01-02', today]) {
      await read(on.coach, on.at(`/plan?asOf=${asOf}`), plan);
      await read(on.coach, on.at(`/progress?asOf=${asOf}`), progress);
    }
    await read(on.coach, on.at('/plan?revision=1'), plan);
    await read(on.coach, on.at(`/plan?knownAt=${now}`), plan);
    await read(on.coach, on.at('/plan/diff?from=1&to=3'), planDiff);
    expect(await readItems(on.coach, on.at('/audit?limit=200'), auditEntry)).not.toHaveLength(0);
    expect(await readItems(on.coach, on.at(`/audit?from=${FIRST}&to=${LAST}`), auditEntry)).not.toHaveLength(0);
    const notes = await readItems(on.coach, on.at('/notes'), note);
    expect(notes.map((one) => one.text)).toEqual([text, text]);
    expect(await readItems(on.coach, on.at('/barriers'), barrier)).toHaveLength(2);
    expect(await readItems(on.coach, on.at('/resources'), resource)).toHaveLength(2);
    const dates = (await readItems(on.coach, on.at('/check-ins'), shapes.checkIn)).map(
      ({ scheduledFor }) => scheduledFor,
    );
    expect(new Set(dates)).toEqual(new Set([`${FIRST}T00:00:00.000Z`, `${LAST}T23:59:59.999Z`]));
    expect(await readItems(on.coach, '/caseload', shapes.caseloadItem)).toHaveLength(1);
    for (const path of ['/plan/revisions', '/disclosures', '/brief', `/brief?since=${FIRST}T00:00:00Z`]) {
      expect(await on.client.get(on.at(path))).toMatchObject({ status: 200 });
    }
    await readItems(on.coach, '/engagements?health=at-risk', overview);
    for (const view of ['adaptations', 'barriers', 'slippage', 'attainment', 'check-ins']) {
      await read(on.coach, `/analytics/${view}`, table);
    }
  });

  it('reckons with the numbers as if they were none out of the ordinary', async () => {
    const answer = await read(on.coach, on.at('/progress'), progress);
    expect(answer).toEqual(await read(on.coach, on.at(`/progress?asOf=${today}`), progress));
    // Every goal came from −2 to +1; beside the weight of 100 the others are as good as nothing.
    const [client] = answer.attainment;
    expect([client?.goals, client?.baseline, client?.now].map(Number)).toEqual([
      3,
      expect.closeTo(30, 9),
      expect.closeTo(60, 9),
    ]);
    const { rows } = await read(on.coach, '/analytics/attainment', table);
    expect(rows).toEqual([['client', 60, 65, 1]]);
    const { milestones } = await read(on.coach, on.at('/plan'), plan);
    expect(milestones).toHaveLength(4 + 97);
    expect(Math.max(...milestones.map(({ order }) => order))).toBeLessThan(2_000);
  });

  it.each([
    ['/plan?asOf=1899-12-31', 'asOf'],
    ['/progress?asOf=0001-01-01', 'asOf'],
    ['/plan?knownAt=9999-01-01T00:00:00Z', 'knownAt'],
    ['/brief?since=9999-12-31T23:59:59Z', 'since'],
    ['/audit?from=0999-01-01', 'from'],
    ['/audit?to=9999-01-01', 'to'],
  ])('refuses %s', async (path, parameter) => {
    expectInvalid(await on.coach.get(on.at(path)), parameter);
  });

  it('answers for places in time and in the plan that nothing is at', async () => {
    for (const path of [
      `/brief?since=${LAST}T23:59:59Z`,
      `/plan?knownAt=${LAST}T23:59:59Z`,
      `/plan?knownAt=${FIRST}T00:00:00Z`,
      '/plan?revision=2147483647',
      '/plan/diff?from=0&to=2147483647',
      `/audit?from=${LAST}&to=${FIRST}`,
    ]) {
      expect([path, (await on.coach.get(on.at(path))).status < 500]).toEqual([path, true]);
    }
  });
});
