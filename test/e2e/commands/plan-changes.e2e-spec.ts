import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectInvalid } from '../../support/answers';
import {
  actionBody,
  adapt,
  agreePlan,
  aGoal,
  aMilestone,
  anAction,
  anEngagement,
  aProposedGoal,
  aResource,
  attainmentScale,
  done,
  euros,
  goalBody,
  measure,
  milestoneBody,
  now,
  type Body,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

type Plan = Case & Readonly<Record<'goal' | 'first' | 'second' | 'action' | 'resource' | 'proposed', string>>;

/** A goal with two milestones, an action of the first, funding of 600 with 400 allocated, and a proposed goal. */
async function aPlan(): Promise<Plan> {
  const on = await anEngagement(cairn);
  const goal = await aGoal(on);
  const [first, second] = [await aMilestone(on, goal), await aMilestone(on, goal)];
  const action = await anAction(on, first);
  const resource = await aResource(on);
  done(await on.post(`/resources/${resource}/allocate`, { to: first, amount: euros('400.00') }));
  await agreePlan(on);
  return { ...on, goal, first, second, action, resource, proposed: await aProposedGoal(on) };
}

const dates = (startOn: string, dueOn: string) => ({ startOn, dueOn });
const goalDates = dates('2026-03-01', '2026-06-30');
const goalWords = { specific: goalBody().specific, relevance: goalBody().relevance };
const wording = { title: 'Portfolio is online', criterion: 'Three people have read it' };
const otherScale = attainmentScale.map(({ level }) => ({ level, description: `Told anew: ${level}` }));
const funding = { description: 'Money for a course', budget: euros('600.00') };

type Change = (on: Plan) => Body;
type ChangeCase = {
  readonly op: string;
  /** What is changed, e.g. `{goalId}`, and to what: together the change. */
  readonly of: Change;
  readonly from: Change;
  readonly to: Change;
  /** Another `from` than the plan's. */
  readonly stale: Change;
};

const value =
  (some: unknown): Change =>
  () =>
    some as Body;

const changed: readonly ChangeCase[] = [
  {
    op: 'goal-redated',
    of: (on) => ({ goalId: on.goal }),
    from: value(goalDates),
    to: value(dates('2026-03-15', '2026-07-31')),
    stale: value(dates('2026-03-01', '2026-06-29')),
  },
  {
    op: 'goal-retargeted',
    of: (on) => ({ goalId: on.goal }),
    from: value({ measure }),
    to: value({ measure: { ...measure, target: 5.5 } }),
    stale: value({ measure: { ...measure, target: 11 } }),
  },
  {
    op: 'goal-retargeted',
    of: (on) => ({ goalId: on.goal }),
    from: value({ attainmentScale }),
    to: value({ attainmentScale: otherScale }),
    stale: value({ attainmentScale: otherScale }),
  },
  { op: 'goal-reweighted', of: (on) => ({ goalId: on.goal }), from: value(1), to: value(0), stale: value(2) },
  {
    op: 'goal-redefined',
    of: (on) => ({ goalId: on.goal }),
    from: value(goalWords),
    to: value({ specific: 'Lead two teams', relevance: 'More so' }),
    stale: value({ ...goalWords, relevance: 'Otherwise' }),
  },
  {
    op: 'milestone-redated',
    of: (on) => ({ milestoneId: on.first }),
    from: value('2026-05-31'),
    to: value('2026-06-15'),
    stale: value('2026-06-01'),
  },
  {
    op: 'milestone-redefined',
    of: (on) => ({ milestoneId: on.first }),
    from: value(wording),
    to: value({ title: 'Portfolio is read', criterion: 'Ten people' }),
    stale: value({ ...wording, title: 'Another title' }),
  },
  {
    op: 'milestone-reordered',
    of: (on) => ({ goalId: on.goal }),
    from: (on) => [on.first, on.second] as unknown as Body,
    to: (on) => [on.second, on.first] as unknown as Body,
    stale: (on) => [on.second, on.first] as unknown as Body,
  },
  {
    op: 'action-redated',
    of: (on) => ({ actionId: on.action }),
    from: value('2026-05-15'),
    to: value('2026-05-31'),
    stale: value('2026-05-16'),
  },
  {
    op: 'action-reassigned',
    of: (on) => ({ actionId: on.action }),
    from: value('client'),
    to: value('coach'),
    stale: value('sponsor'),
  },
  {
    op: 'action-redefined',
    of: (on) => ({ actionId: on.action }),
    from: value({ title: 'Write the first page' }),
    to: value({ title: 'Write two pages' }),
    stale: value({ title: 'Write a page' }),
  },
  {
    op: 'resource-changed',
    of: (on) => ({ resourceId: on.resource }),
    from: value(funding),
    to: value({ description: 'Money for a better course', budget: euros('400.00') }),
    stale: value({ ...funding, budget: euros('500.00') }),
  },
];

describe.each(changed)('$op', ({ op, of, from, to, stale }) => {
  it('changes what stands, and then the new value stands', async () => {
    const on = await aPlan();
    const change = { op, ...of(on), from: from(on), to: to(on) };
    const answer = await adapt(on, [change]);
    expectDone(answer, 'planRevision');
    expect(await eventsOf(on, answer)).toMatchObject([{ data: { changes: [change] } }]);
    const back = { op, ...of(on), from: to(on), to: from(on) };
    expectDone(await adapt(on, [back], { baseRevision: 2 }), 'planRevision');
  });

  describe('is refused', () => {
    let on: Plan;
    beforeAll(async () => {
      on = await aPlan();
    });

    it('when `from` is not what stands', async () => {
      const changes = [{ op, ...of(on), from: stale(on), to: op === 'milestone-reordered' ? stale(on) : to(on) }];
      expectConflict(await adapt(on, changes), 'plan-change-stale', { path: 'changes[0].from' });
    });

    it('for a thing that is not there', async () => {
      const unknown = Object.fromEntries(Object.keys(of(on)).map((name) => [name, randomUUID()]));
      expectConflict(await adapt(on, [{ op, ...unknown, from: from(on), to: to(on) }]), 'unknown-reference');
    });

    it('without `from` or `to`', async () => {
      expectInvalid(await adapt(on, [{ op, ...of(on), to: to(on) }]), 'changes[0].from');
      expectInvalid(await adapt(on, [{ op, ...of(on), from: from(on) }]), 'changes[0].to');
    });
  });
});

const added: readonly (readonly [op: string, field: string, id: string, body: Change])[] = [
  ['goal-added', 'goal', 'goalId', () => goalBody()],
  ['milestone-added', 'milestone', 'milestoneId', (on) => milestoneBody(on.goal)],
  ['action-added', 'action', 'actionId', (on) => actionBody(on.second)],
];

describe.each(added)('%s', (op, field, id, body) => {
  it('adds what is told whole, under an id that is free', async () => {
    const on = await aPlan();
    const change = (value: string) => ({ op, [field]: { ...body(on), [id]: value } });
    expectDone(await adapt(on, [change(randomUUID())]), 'planRevision');
    expectConflict(await adapt(on, [change(on.first)], { baseRevision: 2 }), 'already-exists');
  });

  it('is invalid without it', async () => {
    expectInvalid(await adapt(await aPlan(), [{ op }]));
  });
});

const dropped: readonly (readonly [op: string, of: Change])[] = [
  ['goal-dropped', (on) => ({ goalId: on.goal })],
  ['milestone-dropped', (on) => ({ milestoneId: on.first })],
  ['action-dropped', (on) => ({ actionId: on.action })],
];

describe.each(dropped)('%s', (op, of) => {
  it('drops what is there, once', async () => {
    const on = await aPlan();
    expectDone(await adapt(on, [{ op, ...of(on) }]), 'planRevision');
    expectConflict(await adapt(on, [{ op, ...of(on) }], { baseRevision: 2 }), 'wrong-state');
  });

  it('is refused for a thing that is not there', async () => {
    const on = await aPlan();
    const unknown = Object.fromEntries(Object.keys(of(on)).map((name) => [name, randomUUID()]));
    expectConflict(await adapt(on, [{ op, ...unknown }]), 'unknown-reference');
  });
});
