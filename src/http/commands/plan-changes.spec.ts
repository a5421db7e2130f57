import { createHttpApp, type HttpApp } from '../../../test/support/http-app';

const id = '0b9d6c9e-3f57-4a3d-8a51-0c7a3f0f6a11';
const other = '7d1f5b5c-93f0-4d19-9a5e-5e5f0d5f3c22';
const url = `/v1/engagements/6f1c2f0e-5b7a-4c8e-9f2d-3a4b5c6d7e8f/plan/adaptations`;

const measure = { metric: 'talks', unit: 'talks', baseline: 0, target: 12, direction: 'increase' };
const attainmentScale = [-2, -1, 0, 1, 2].map((level) => ({ level, description: `Level ${level}` }));
const goal = {
  goalId: id,
  specific: 'Lead',
  measure,
  achievability: { confidence: 7 },
  relevance: 'The next step',
  startOn: '2026-02-01',
  dueOn: '2026-06-30',
  source: 'client',
};
const milestone = { milestoneId: id, goalId: other, title: 'Prototype', criterion: 'Tested', dueOn: '2026-04-15' };
const action = { actionId: id, milestoneId: other, title: 'Book', owner: 'client', dueOn: '2026-03-20' };
const dates = { startOn: '2026-02-01', dueOn: '2026-06-30' };
const words = { specific: 'Lead', relevance: 'Next' };
const wording = { title: 'Prototype', criterion: 'Tested' };

let http: HttpApp;

beforeAll(async () => {
  http = await createHttpApp();
});

afterAll(async () => {
  await http.close();
});

const send = (changes: unknown) =>
  http.ask('POST', url, {
    baseRevision: 1,
    reasonCode: 'barrier',
    reasonText: 'The freeze',
    changes,
    agreedBy: ['client', 'coach'],
    effectiveOn: '2026-04-01',
  });

describe('each plan change', () => {
  it.each([
    [
      { op: 'goal-added', goal },
      {
        op: 'goal-added',
        goalId: null,
        goal: {
          ...goal,
          attainmentScale: null,
          achievability: { confidence: 7, rationale: null },
          datesOverrideReason: null,
          weight: 1,
          rank: null,
        },
      },
    ],
    [
      { op: 'goal-added', goalId: id },
      { op: 'goal-added', goalId: id, goal: null },
    ],
    [
      { op: 'goal-redated', goalId: id, from: dates, to: dates },
      { op: 'goal-redated', goalId: id, from: dates, to: dates, datesOverrideReason: null },
    ],
    [{ op: 'goal-retargeted', goalId: id, from: { measure }, to: { measure } }, undefined],
    [{ op: 'goal-retargeted', goalId: id, from: { attainmentScale }, to: { attainmentScale } }, undefined],
    [{ op: 'goal-reweighted', goalId: id, from: 1, to: 2.5 }, undefined],
    [{ op: 'goal-redefined', goalId: id, from: words, to: words }, undefined],
    [
      { op: 'goal-dropped', goalId: id },
      { op: 'goal-dropped', goalId: id, outcome: 'no-longer-wanted' },
    ],
    [{ op: 'goal-dropped', goalId: id, outcome: 'not-attainable' }, undefined],
    [
      { op: 'milestone-added', milestone },
      { op: 'milestone-added', milestone: { ...milestone, order: null } },
    ],
    [{ op: 'milestone-redated', milestoneId: id, from: '2026-04-15', to: '2026-05-15' }, undefined],
    [{ op: 'milestone-redefined', milestoneId: id, from: wording, to: wording }, undefined],
    [{ op: 'milestone-reordered', goalId: id, from: [id, other], to: [other, id] }, undefined],
    [{ op: 'milestone-dropped', milestoneId: id }, undefined],
    [
      { op: 'action-added', action },
      { op: 'action-added', action: { ...action, commitment: null } },
    ],
    [{ op: 'action-redated', actionId: id, from: '2026-03-20', to: '2026-04-20' }, undefined],
    [{ op: 'action-reassigned', actionId: id, from: 'client', to: 'coach' }, undefined],
    [{ op: 'action-redefined', actionId: id, from: { title: 'a' }, to: { title: 'b' } }, undefined],
    [{ op: 'action-dropped', actionId: id }, undefined],
    [
      {
        op: 'resource-changed',
        resourceId: id,
        from: { description: 'a' },
        to: { description: 'a', budget: { amount: '5.00', currency: 'EUR' } },
      },
      {
        op: 'resource-changed',
        resourceId: id,
        from: { description: 'a', budget: null },
        to: { description: 'a', budget: { amount: '5.00', currency: 'EUR' } },
      },
    ],
  ])('%j reaches the handler', async (change, data) => {
    expect((await send([change])).statusCode).toBe(201);
    expect(http.commands.at(-1)?.envelope.data.changes).toStrictEqual([data ?? change]);
  });

  it.each([
    [{ op: 'goal-added' }, ['changes[0].op']],
    [{ op: 'goal-added', goal, goalId: id }, ['changes[0].op']],
    [{ op: 'goal-added', goal: { ...goal, goalId: undefined } }, ['changes[0].goal.goalId']],
    [{ op: 'goal-added', goal: { ...goal, occurredAt: '2026-01-01T00:00:00Z' } }, ['changes[0].goal.occurredAt']],
    [{ op: 'milestone-added', milestone: { ...milestone, milestoneId: null } }, ['changes[0].milestone.milestoneId']],
    [{ op: 'action-added', action: { ...action, actionId: undefined } }, ['changes[0].action.actionId']],
    [{ op: 'goal-retargeted', goalId: id, from: {}, to: { measure } }, ['changes[0].from']],
    [{ op: 'goal-retargeted', goalId: id, from: { measure, attainmentScale }, to: { measure } }, ['changes[0].from']],
    [
      { op: 'goal-retargeted', goalId: id, from: { measure }, to: { measure: { ...measure, unit: 7 } } },
      ['changes[0].to.measure.unit'],
    ],
    [{ op: 'milestone-reordered', goalId: id, from: [id, other], to: [id] }, ['changes[0].to']],
    [{ op: 'milestone-reordered', goalId: id, from: [id, other], to: [id, id] }, ['changes[0].to']],
    [{ op: 'milestone-reordered', goalId: id, from: [id], to: [other] }, ['changes[0].to']],
    [
      { op: 'goal-redated', goalId: id, from: dates, to: { startOn: '2026-02-30', dueOn: '2026-06-30' } },
      ['changes[0].to.startOn'],
    ],
    [{ op: 'goal-reweighted', goalId: id, from: 1, to: 101 }, ['changes[0].to']],
    [{ op: 'goal-shifted', goalId: id }, ['changes[0].op']],
    [{ goalId: id }, ['changes[0].op']],
    [{ op: 'action-dropped', actionId: id, goalId: id }, ['changes[0].goalId']],
  ])('%j is refused', async (change, paths) => {
    const answer = await send([change]);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual(paths);
  });
});

it.each([
  [[]],
  [Array.from({ length: 101 }, () => ({ op: 'action-dropped', actionId: id }))],
  ['x'],
  [null],
  [{ 0: {} }],
])('1 to 100 of them, not %j', async (changes) => {
  const answer = await send(changes);
  expect(answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual(['changes']);
});
