import { expectInvalid, expectProblem } from '../../support/answers';
import {
  adapt,
  agreePlan,
  aGoal,
  aMilestone,
  anAction,
  anEngagement,
  aResource,
  done,
  euros,
  goalBody,
  measure,
  now,
  today,
  type Body,
  type Case,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';
import { newMilestone } from '../../support/past';
import { read } from '../../support/reading';
import { planDiff, type PlanDiff } from '../../support/shapes';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

type Built = Case & { goal: string; other: string; a: string; b: string; c: string; action: string; resource: string };

/** Two goals, the first with milestones A, B and C, an action of A; a resource; agreed. */
async function built(): Promise<Built> {
  const on = await anEngagement(cairn);
  const [goal, other] = [await aGoal(on), await aGoal(on, { specific: 'Write a book' })];
  const milestone = (title: string) => aMilestone(on, goal, { title });
  const [a, b, c] = [await milestone('A'), await milestone('B'), await milestone('C')];
  const [action, resource] = [await anAction(on, a), await aResource(on)];
  await agreePlan(on);
  return { ...on, goal, other, a, b, c, action, resource };
}

async function diff(on: Case, from: number, to: number): Promise<PlanDiff> {
  await cairn.settled();
  return read(on.client, on.at(`/plan/diff?from=${from}&to=${to}`), planDiff);
}
const lines = (answer: PlanDiff['changed']) => answer.map(({ kind, id, field }) => `${kind} ${field} ${id}`).sort();
const things = (answer: PlanDiff['added']) => answer.map(({ kind, id }) => `${kind} ${id}`).sort();
const sorted = (value: PlanDiff) => ({
  ...value,
  added: [...value.added].sort((one, other) => (one.id < other.id ? -1 : 1)),
  dropped: [...value.dropped].sort((one, other) => (one.id < other.id ? -1 : 1)),
  changed: [...value.changed].sort((one, other) => (one.id + one.field < other.id + other.field ? -1 : 1)),
  reasons: [...value.reasons].sort((one, other) => one.revision - other.revision),
});
const mirrored = (value: PlanDiff): PlanDiff => ({
  from: value.to,
  to: value.from,
  added: value.dropped,
  dropped: value.added,
  changed: value.changed.map(({ from, to, ...line }) => ({ ...line, from: to, to: from })),
  reasons: value.reasons,
});

/** One change of every commitment that a diff compares. */
const redefinitions = (on: Built): Body[] => {
  const { specific, relevance } = goalBody();
  const text = (title: string) => ({ title, criterion: 'Three people have read it' });
  return [
    {
      op: 'goal-redated',
      goalId: on.goal,
      from: { startOn: '2026-03-01', dueOn: '2026-06-30' },
      to: { startOn: '2026-03-05', dueOn: '2026-09-30' },
    },
    { op: 'goal-retargeted', goalId: on.goal, from: { measure }, to: { measure: { ...measure, target: 20 } } },
    { op: 'goal-reweighted', goalId: on.goal, from: 1, to: 3 },
    {
      op: 'goal-redefined',
      goalId: on.goal,
      from: { specific, relevance },
      to: { specific: 'Lead a team', relevance },
    },
    { op: 'milestone-redated', milestoneId: on.a, from: '2026-05-31', to: '2026-07-31' },
    { op: 'milestone-redefined', milestoneId: on.a, from: text('A'), to: text('AA') },
    { op: 'action-redated', actionId: on.action, from: '2026-05-15', to: '2026-07-15' },
    { op: 'action-reassigned', actionId: on.action, from: 'client', to: 'coach' },
    { op: 'action-redefined', actionId: on.action, from: { title: 'Write the first page' }, to: { title: 'Write it' } },
    {
      op: 'resource-changed',
      resourceId: on.resource,
      from: { description: 'Money for a course', budget: euros('600.00') },
      to: { description: 'Money for two', budget: euros('900.00') },
    },
  ];
};

describe('The difference of two revisions', () => {
  it('has one line for each field of a commitment that changed, and no other', async () => {
    const on = await built();
    done(await adapt(on, redefinitions(on), { reasonCode: 'learning', reasonText: 'We know more' }));
    const answer = await diff(on, 1, 2);
    expect(lines(answer.changed)).toEqual(
      [
        ...['specific', 'measure', 'weight', 'startOn', 'dueOn'].map((field) => `goal ${field} ${on.goal}`),
        ...['title', 'dueOn'].map((field) => `milestone ${field} ${on.a}`),
        ...['title', 'owner', 'dueOn'].map((field) => `action ${field} ${on.action}`),
        ...['description', 'budget'].map((field) => `resource ${field} ${on.resource}`),
      ].sort(),
    );
    const change = (id: string, field: string) => {
      const line = answer.changed.find((one) => one.id === id && one.field === field);
      return [line?.from, line?.to];
    };
    expect(change(on.goal, 'measure')).toEqual([measure, { ...measure, target: 20 }]);
    expect(change(on.goal, 'weight')).toEqual([1, 3]);
    expect(change(on.a, 'dueOn')).toEqual(['2026-05-31', '2026-07-31']);
    expect(change(on.action, 'owner')).toEqual(['client', 'coach']);
    expect(change(on.resource, 'budget')).toEqual([euros('600.00'), euros('900.00')]);
    expect(answer).toMatchObject({ from: 1, to: 2, added: [], dropped: [] });
    expect(answer.reasons).toEqual([
      { revision: 2, reasonCode: 'learning', reasonText: 'We know more', effectiveOn: today },
    ]);
  });

  it('has what was added as it is at the later one, and what was dropped as it was at the earlier one', async () => {
    const on = await built();
    done(await adapt(on, [{ op: 'milestone-redated', milestoneId: on.a, from: '2026-05-31', to: '2026-06-01' }]));
    const milestone = newMilestone(on.other, { title: 'First' });
    const id = milestone.milestoneId;
    done(await adapt(on, [{ op: 'milestone-added', milestone }], { baseRevision: 2 }));
    const text = (title: string) => ({ title, criterion: 'Three people have read it' });
    const later = [
      { op: 'milestone-redefined', milestoneId: id, from: text('First'), to: text('Now') },
      { op: 'milestone-dropped', milestoneId: on.a },
    ];
    done(await adapt(on, later, { baseRevision: 3 }));
    const answer = await diff(on, 1, 4);
    expect(answer.added).toMatchObject([{ kind: 'milestone', id, value: { title: 'Now', dueOn: '2026-05-31' } }]);
    const dropped = answer.dropped.find((one) => one.id === on.a);
    expect(dropped).toMatchObject({ kind: 'milestone', value: { title: 'A', dueOn: '2026-05-31' } });
    expect(things(answer.dropped)).toEqual([`action ${on.action}`, `milestone ${on.a}`].sort());
    expect(answer.changed).toEqual([]);
    expect(answer.reasons.map(({ revision }) => revision).sort()).toEqual([2, 3, 4]);
    expect((await diff(on, 2, 4)).dropped.find((one) => one.id === on.a)?.value).toMatchObject({ dueOn: '2026-06-01' });
  });

  it('the other way round is the mirror image', async () => {
    const on = await built();
    const added = { op: 'milestone-added', milestone: newMilestone(on.other) };
    const dropped = { op: 'milestone-dropped', milestoneId: on.b };
    done(await adapt(on, [...redefinitions(on), added, dropped]));
    done(
      await adapt(on, [{ op: 'milestone-reordered', goalId: on.goal, from: [on.a, on.c], to: [on.c, on.a] }], {
        baseRevision: 2,
      }),
    );
    for (const [from, to] of [
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ] as const) {
      expect(sorted(await diff(on, to, from))).toEqual(sorted(mirrored(await diff(on, from, to))));
    }
    expect((await diff(on, 1, 3)).changed.length).toBeGreaterThan(12);
  });

  it('of a dropped goal has its milestones and actions too', async () => {
    const on = await built();
    done(await adapt(on, [{ op: 'goal-dropped', goalId: on.goal }]));
    const answer = await diff(on, 1, 2);
    const gone = [`goal ${on.goal}`, ...[on.a, on.b, on.c].map((id) => `milestone ${id}`), `action ${on.action}`];
    expect(things(answer.dropped)).toEqual(gone.sort());
    expect(answer).toMatchObject({ added: [], changed: [] });
  });

  it('has the order of milestones only when they were reordered', async () => {
    const on = await built();
    const inserted = { op: 'milestone-added', milestone: newMilestone(on.goal, { title: 'Before', order: 1 }) };
    done(await adapt(on, [inserted]));
    expect((await diff(on, 1, 2)).changed).toEqual([]);
    const added = (await diff(on, 1, 2)).added[0]!.id;
    done(await adapt(on, [{ op: 'milestone-dropped', milestoneId: added }], { baseRevision: 2 }));
    expect((await diff(on, 2, 3)).changed).toEqual([]);
    const other = await built();
    const { goal, a, b, c } = other;
    done(await adapt(other, [{ op: 'milestone-reordered', goalId: goal, from: [a, b, c], to: [a, c, b] }]));
    const { changed } = await diff(other, 1, 2);
    expect(lines(changed)).toEqual([`milestone order ${b}`, `milestone order ${c}`].sort());
    expect(changed.find(({ id }) => id === c)).toMatchObject({ from: 3, to: 2 });
  });

  it('shows a milestone dropped by achieving its goal under the next revision, and no progress', async () => {
    const on = await built();
    done(await on.post(`/goals/${on.other}/hold`, { reason: 'Later' }));
    const milestones = { [on.a]: 'reached', [on.b]: 'dropped', [on.c]: 'reached' };
    done(await on.post(`/goals/${on.goal}/achieve`, { achievedOn: today, milestones }));
    done(await adapt(on, [{ op: 'goal-reweighted', goalId: on.other, from: 1, to: 2 }]));
    const answer = await diff(on, 1, 2);
    expect(things(answer.dropped)).toEqual([`milestone ${on.b}`]);
    expect(lines(answer.changed)).toEqual([`goal weight ${on.other}`]);
    expect(answer.added).toEqual([]);
  });

  it('from 0 has what the agreement changed: nothing', async () => {
    const on = await built();
    expect(await diff(on, 0, 1)).toMatchObject({ from: 0, to: 1, added: [], dropped: [], changed: [] });
    const { reasons } = await diff(on, 0, 1);
    expect(reasons).toEqual([{ revision: 1, reasonCode: null, reasonText: null, effectiveOn: today }]);
    expect(await diff(on, 1, 1)).toEqual({ from: 1, to: 1, added: [], dropped: [], changed: [], reasons: [] });
  });

  it.each(['', '?from=0', '?to=1', '?from=a&to=1', '?from=0&to=1.5', '?from=0&to=1&asOf=2026-03-01'])(
    'needs two revisions: %s',
    async (query) => {
      const on = await anEngagement(cairn);
      expectInvalid(await on.client.get(on.at(`/plan/diff${query}`)));
    },
  );

  it.each(['?from=0&to=2', '?from=2&to=0', '?from=7&to=8'])('of unknown ones is not found: %s', async (query) => {
    const on = await built();
    await cairn.settled();
    expectProblem(await on.client.get(on.at(`/plan/diff${query}`)), 404, 'not-found');
  });
});
