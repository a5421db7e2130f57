import { expectInvalid, expectProblem } from '../../support/answers';
import {
  adapt,
  aGoal,
  agreePlan,
  aMilestone,
  anAction,
  anEngagement,
  aResource,
  done,
  euros,
  type Body,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { read } from '../../support/reading';
import { type Plan, plan, progress } from '../../support/shapes';

/** The days on which it was recorded. */
const days = {
  prepared: '2026-01-05',
  agreed: '2026-01-10',
  second: '2026-02-01',
  late: '2026-02-10',
  third: '2026-02-20',
  fourth: '2026-02-25',
  today: '2026-03-01',
};

let cairn: TestCairn;
let of: Case;
let goal: string;
let first: string;
let second: string;
let action: string;
let resource: string;

const on = (day: string) => {
  cairn.clock.set(new Date(`${day}T09:00:00.000Z`));
};
const adapted = async (baseRevision: number, effectiveOn: string, changes: readonly Body[]) =>
  done(await adapt(of, changes, { baseRevision, effectiveOn }));

/** A plan that was adapted three times, the last two times with effect before what had been recorded by then. */
beforeAll(async () => {
  cairn = await startTestCairn({ now: `${days.prepared}T09:00:00.000Z` });
  of = await anEngagement(cairn, { sponsor: false, proposal: { startsOn: '2026-01-05' } });
  goal = await aGoal(of, { startOn: '2026-01-05' });
  first = await aMilestone(of, goal, { title: 'First', dueOn: '2026-03-01' });
  action = await anAction(of, first, { dueOn: '2026-02-28' });

  on(days.agreed);
  await agreePlan(of);

  on(days.second);
  second = '0a8e5d34-1f0c-4a56-8f37-1d3f1c6b2a01';
  await adapted(1, days.second, [
    { op: 'milestone-redated', milestoneId: first, from: '2026-03-01', to: '2026-03-15' },
    {
      op: 'milestone-added',
      milestone: { milestoneId: second, goalId: goal, title: 'Second', criterion: 'Done', dueOn: '2026-04-01' },
    },
  ]);

  on(days.late);
  done(await of.post(`/milestones/${first}/reach`, { reachedOn: '2026-02-05' }));

  on(days.third);
  await adapted(2, '2026-02-12', [
    {
      op: 'action-redefined',
      actionId: action,
      from: { title: 'Write the first page' },
      to: { title: 'Write it all' },
    },
  ]);
  resource = await aResource(of);

  on(days.fourth);
  const budget = (amount: string) => ({ description: 'Money for a course', budget: euros(amount) });
  await adapted(3, '2026-02-15', [
    { op: 'resource-changed', resourceId: resource, from: budget('600.00'), to: budget('700.00') },
    { op: 'milestone-redated', milestoneId: second, from: '2026-04-01', to: '2026-05-01' },
  ]);

  on(days.today);
  await cairn.settled();
});
afterAll(() => cairn.stop());

const planAt = (query: string): Promise<Plan> => read(of.client, of.at(`/plan${query}`), plan);
const known = (instant: string) => `knownAt=${encodeURIComponent(instant)}`;

/** What one sees of the plan: revision, and due date and state of both milestones. */
const seen = ({ revision, milestones, actions, resources }: Plan) => ({
  revision,
  milestones: milestones.map(({ title, dueOn, state }) => `${title} ${dueOn} ${state}`).sort(),
  action: actions[0]?.title,
  budget: resources[0]?.budget?.amount ?? null,
});
const view = (revision: number, milestones: readonly string[], more: Body = {}) => ({
  revision,
  milestones,
  action: 'Write the first page',
  budget: null,
  ...more,
});

describe('The plan as of a day, as known now', () => {
  it.each([
    ['2026-01-09', view(0, ['First 2026-03-01 planned'])],
    ['2026-01-10', view(1, ['First 2026-03-01 planned'])],
    ['2026-01-31', view(1, ['First 2026-03-01 planned'])],
    ['2026-02-01', view(2, ['First 2026-03-15 planned', 'Second 2026-04-01 planned'])],
    ['2026-02-04', view(2, ['First 2026-03-15 planned', 'Second 2026-04-01 planned'])],
    ['2026-02-05', view(2, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'])],
    ['2026-02-11', view(2, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'])],
    ['2026-02-12', view(3, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'], { action: 'Write it all' })],
    // the change of a resource that isn't there yet on that day is left out, the other one is not
    ['2026-02-15', view(4, ['First 2026-03-15 reached', 'Second 2026-05-01 planned'], { action: 'Write it all' })],
  ])('%s', async (asOf, expected) => {
    const answer = await planAt(`?asOf=${asOf}`);
    expect(answer).toMatchObject({ engagementId: of.id, asOf, knownAt: null });
    expect(seen(answer)).toEqual(expected);
  });

  it('of today is the plan of now', async () => {
    const now = await planAt('');
    expect(now).toMatchObject({ asOf: null, knownAt: null, revision: 4 });
    expect(await planAt(`?asOf=${days.today}`)).toEqual({ ...now, asOf: days.today });
  });
});

describe('The plan as known at an instant', () => {
  it.each([
    ['2026-01-09T00:00:00Z', view(0, ['First 2026-03-01 planned'])],
    ['2026-01-10T08:59:59.999Z', view(0, ['First 2026-03-01 planned'])],
    ['2026-01-10T09:00:00.000Z', view(1, ['First 2026-03-01 planned'])],
    ['2026-02-09T00:00:00Z', view(2, ['First 2026-03-15 planned', 'Second 2026-04-01 planned'])],
    ['2026-02-10T10:00:00+01:00', view(2, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'])],
    ['2026-02-10T10:00:00+02:00', view(2, ['First 2026-03-15 planned', 'Second 2026-04-01 planned'])],
    [
      '2026-02-26T00:00:00Z',
      view(4, ['First 2026-03-15 reached', 'Second 2026-05-01 planned'], { action: 'Write it all', budget: '700.00' }),
    ],
  ])('%s', async (knownAt, expected) => {
    const answer = await planAt(`?${known(knownAt)}`);
    expect(answer.asOf).toBeNull();
    expect(Date.parse(answer.knownAt!)).toBe(Date.parse(knownAt));
    expect(seen(answer)).toEqual(expected);
  });
});

describe('What was believed of a day', () => {
  it.each([
    ['2026-02-06', '2026-02-09T00:00:00Z', view(2, ['First 2026-03-15 planned', 'Second 2026-04-01 planned'])],
    ['2026-02-06', '2026-02-11T00:00:00Z', view(2, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'])],
    ['2026-02-12', '2026-02-19T00:00:00Z', view(2, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'])],
    [
      '2026-02-15',
      '2026-02-21T00:00:00Z',
      view(3, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'], { action: 'Write it all' }),
    ],
    ['2026-01-31', '2026-02-28T00:00:00Z', view(1, ['First 2026-03-01 planned'])],
  ])('%s, known at %s', async (asOf, knownAt, expected) => {
    const answer = await planAt(`?asOf=${asOf}&${known(knownAt)}`);
    expect(answer.asOf).toBe(asOf);
    expect(Date.parse(answer.knownAt!)).toBe(Date.parse(knownAt));
    expect(seen(answer)).toEqual(expected);
  });
});

describe('The plan at a revision', () => {
  it.each([
    [0, view(0, ['First 2026-03-01 planned'])],
    [1, view(1, ['First 2026-03-01 planned'])],
    [2, view(2, ['First 2026-03-15 planned', 'Second 2026-04-01 planned'])],
    [3, view(3, ['First 2026-03-15 reached', 'Second 2026-04-01 planned'], { action: 'Write it all' })],
    [
      4,
      view(4, ['First 2026-03-15 reached', 'Second 2026-05-01 planned'], { action: 'Write it all', budget: '700.00' }),
    ],
  ])('%s is that of just after the event that made it', async (revision, expected) => {
    const answer = await planAt(`?revision=${revision}`);
    expect(answer).toMatchObject({ asOf: null, knownAt: null });
    expect(seen(answer)).toEqual(expected);
    expect(answer.milestones[0]?.baselineDueOn).toBe(revision === 0 ? null : '2026-03-01');
  });

  it('0 is the plan now while none is agreed', async () => {
    const other = await anEngagement(cairn, { sponsor: false, proposal: { startsOn: '2026-01-05' } });
    await aGoal(other);
    await cairn.settled();
    const now = await read(other.coach, other.at('/plan'), plan);
    expect(await read(other.coach, other.at('/plan?revision=0'), plan)).toEqual(now);
    expect(now.goals).toHaveLength(1);
    expectProblem(await other.coach.get(other.at('/plan?revision=1')), 404, 'not-found');
  });
});

describe('Refused are', () => {
  it.each([
    'revision=1&asOf=2026-02-01',
    `revision=1&${known('2026-02-01T00:00:00Z')}`,
    `revision=0&asOf=2026-02-01&${known('2026-02-01T00:00:00Z')}`,
    'asOf=2026-03-02',
    'asOf=2026-02-30',
    'asOf=2026-02-01T00:00:00Z',
    'asOf=today',
    'revision=first',
    'revision=1.5',
    'knownAt=2026-02-01',
    'knownAt=2026-02-01T00:00:00',
  ])('%s: 400', async (query) => {
    expectInvalid(await of.client.get(of.at(`/plan?${query}`)));
  });

  it.each(['revision=5', 'revision=99', 'asOf=2026-01-04'])('%s: 404', async (query) => {
    expectProblem(await of.client.get(of.at(`/plan?${query}`)), 404, 'not-found');
  });
});

describe('Progress as of a day', () => {
  it.each([
    ['2026-02-04', 0],
    ['2026-02-05', 1],
  ])('%s has %s milestones reached', async (asOf, reached) => {
    const answer = await read(of.client, of.at(`/progress?asOf=${asOf}`), progress);
    expect(answer).toMatchObject({ asOf, completion: { reached, inScope: 2, baselineScope: 1 } });
  });
});
