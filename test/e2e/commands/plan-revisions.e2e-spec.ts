import { randomUUID } from 'node:crypto';
import { eventsOf, expectConflict, expectDone, expectInvalid } from '../../support/answers';
import {
  adapt,
  aGoal,
  anAgreedPlan,
  anEngagement,
  done,
  goalBody,
  milestoneBody,
  now,
  today,
  tomorrow,
  yesterday,
  type Planned,
} from '../../support/builders';
import { startTestCairn, type TestCairn } from '../../support/cairn';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startTestCairn({ now });
});
afterAll(() => cairn.stop());

const agreement = { agreedBy: ['client', 'coach'] };
const reweigh = (on: Planned, to: number, from = 1) => [{ op: 'goal-reweighted', goalId: on.goal, from, to }];
const past = { proposal: { occurredAt: '2026-03-01T08:00:00Z' } };

describe('Agreeing the plan', () => {
  it('makes revision 1, once', async () => {
    const on = await anEngagement(cairn);
    await aGoal(on);
    const answer = await on.post('/plan/agreement', agreement, on.client);
    expectDone(answer, 'planRevision');
    expect(answer.body.planRevision).toBe(1);
    expect(await eventsOf(on, answer)).toMatchObject([
      { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: today } },
    ]);
    expectConflict(await on.post('/plan/agreement', agreement), 'wrong-state');
  });

  it('is effective on the day on which it occurred', async () => {
    const on = await anEngagement(cairn, past);
    await aGoal(on);
    const answer = await on.post('/plan/agreement', { ...agreement, occurredAt: '2026-03-20T23:30:00Z' });
    expect(await eventsOf(on, answer)).toMatchObject([{ data: { effectiveOn: '2026-03-20' } }]);
  });

  it('is not possible for an empty plan', async () => {
    expectConflict(await (await anEngagement(cairn)).post('/plan/agreement', agreement), 'wrong-state');
  });

  it.each([[[]], [['client']], [['coach']], [['client', 'client']], ['client']])(
    'is not agreed by %j',
    async (agreedBy) => {
      const on = await anEngagement(cairn);
      await aGoal(on);
      expectInvalid(await on.post('/plan/agreement', { agreedBy }), 'agreedBy');
    },
  );
});

describe('An adaptation', () => {
  /** Nothing happens to it. */
  let agreed: Planned | undefined;

  it('makes the next revision', async () => {
    const on = await anAgreedPlan(cairn);
    const answer = await adapt(on, reweigh(on, 2), { sponsorInformed: true, reasonCode: 'learning' }, on.client);
    expectDone(answer, 'planRevision');
    expect(answer.body.planRevision).toBe(2);
    expect(await eventsOf(on, answer)).toMatchObject([
      {
        type: 'PlanAdapted',
        data: {
          revision: 2,
          baseRevision: 1,
          reasonCode: 'learning',
          reasonText: 'The company moved',
          triggeredBy: [],
          changes: reweigh(on, 2),
          agreedBy: ['client', 'coach'],
          sponsorInformed: true,
          effectiveOn: today,
        },
      },
    ]);
    expect((await adapt(on, reweigh(on, 3, 2), { baseRevision: 2 })).body.planRevision).toBe(3);
  });

  it.each([
    'circumstances',
    'opportunity',
    'barrier',
    'setback',
    'learning',
    'reprioritised',
    'sponsor-request',
    'data-correction',
  ])('may be for the reason %s', async (reasonCode) => {
    const on = await anAgreedPlan(cairn, { sponsor: false });
    expectDone(await adapt(on, reweigh(on, 2), { reasonCode }), 'planRevision');
  });

  it('is not possible before the plan is agreed', async () => {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    const answer = await adapt(on, [{ op: 'goal-dropped', goalId: goal }], { baseRevision: 0 });
    expectConflict(answer, 'plan-not-agreed');
  });

  it.each([0, 2, 7])('is not based on revision %d when 1 is the newest', async (baseRevision) => {
    agreed ??= await anAgreedPlan(cairn, { sponsor: false });
    expectConflict(await adapt(agreed, reweigh(agreed, 2), { baseRevision }), 'plan-revision-stale');
  });

  it.each([
    ['reasonCode', { reasonCode: undefined }],
    ['reasonCode', { reasonCode: 'whim' }],
    ['reasonText', { reasonText: undefined }],
    ['reasonText', { reasonText: '  ' }],
    ['changes', { changes: undefined }],
    ['changes', { changes: [] }],
    ['changes', { changes: Array.from({ length: 101 }, () => ({ op: 'goal-dropped', goalId: randomUUID() })) }],
    ['agreedBy', { agreedBy: ['client'] }],
    ['agreedBy', { agreedBy: ['coach'] }],
    ['agreedBy', { agreedBy: undefined }],
    ['effectiveOn', { effectiveOn: undefined }],
    ['baseRevision', { baseRevision: undefined }],
    ['baseRevision', { baseRevision: 1.5 }],
    ['triggeredBy', { triggeredBy: 'nothing' }],
    ['sponsorInformed', { sponsorInformed: 'yes' }],
  ])('has a right %s', async (path, more) => {
    agreed ??= await anAgreedPlan(cairn, { sponsor: false });
    expectInvalid(await adapt(agreed, reweigh(agreed, 2), more), path);
  });

  it('has up to 100 changes, applied in order', async () => {
    const on = await anAgreedPlan(cairn);
    const changes = Array.from(
      { length: 100 },
      (_, index) => reweigh(on, ((index + 1) % 50) + 1, (index % 50) + 1)[0]!,
    );
    expectDone(await adapt(on, changes), 'planRevision');
  });

  it('is triggered by events of the engagement', async () => {
    const on = await anAgreedPlan(cairn);
    const setback = done(await on.post('/setbacks', { description: 'A rejection' }));
    const other = await anAgreedPlan(cairn);
    const elsewhere = done(await other.post('/setbacks', { description: 'A rejection' }));
    for (const event of [randomUUID(), elsewhere.body.eventIds[0]]) {
      expectConflict(await adapt(on, reweigh(on, 2), { triggeredBy: [event] }), 'unknown-reference');
    }
    expectDone(await adapt(on, reweigh(on, 2), { triggeredBy: setback.body.eventIds }), 'planRevision');
  });

  it('is not effective in the future (rule 4), nor before the revision before it (rule 3)', async () => {
    const on = await anAgreedPlan(cairn);
    expectConflict(await adapt(on, reweigh(on, 2), { effectiveOn: tomorrow }), 'in-the-future', { rule: 4 });
    expectConflict(await adapt(on, reweigh(on, 2), { effectiveOn: yesterday }), 'dates-out-of-order', { rule: 3 });
    expectDone(await adapt(on, reweigh(on, 2), { effectiveOn: today }), 'planRevision');
  });

  it('may be effective on a past day since the revision before it', async () => {
    const on = await anEngagement(cairn, past);
    const goal = await aGoal(on);
    done(await on.post('/plan/agreement', { ...agreement, occurredAt: '2026-03-10T08:00:00Z' }));
    const planned = { ...on, goal, milestone: '', action: '' };
    expectConflict(await adapt(planned, reweigh(planned, 2), { effectiveOn: '2026-03-09' }), 'dates-out-of-order');
    expectDone(await adapt(planned, reweigh(planned, 2), { effectiveOn: '2026-03-20' }), 'planRevision');
    const before = { baseRevision: 2, effectiveOn: '2026-03-19' };
    expectConflict(await adapt(planned, reweigh(planned, 3, 2), before), 'dates-out-of-order', { rule: 3 });
  });

  it('is all or nothing', async () => {
    const on = await anAgreedPlan(cairn);
    const stale = { op: 'milestone-redated', milestoneId: on.milestone, from: '2026-05-30', to: '2026-05-20' };
    const answer = await adapt(on, [...reweigh(on, 2), stale]);
    expectConflict(answer, 'plan-change-stale', {
      path: 'changes[1].from',
      detail: /2026-05-30.*2026-05-31|2026-05-31.*2026-05-30/s,
    });
    expectDone(await adapt(on, reweigh(on, 2)), 'planRevision');
  });
});

describe('Dates and the cap are judged on the result of an adaptation', () => {
  it('one goal makes room for another in the same adaptation', async () => {
    const on = await anEngagement(cairn);
    const goal = await aGoal(on);
    await aGoal(on);
    await aGoal(on);
    done(await on.post('/plan/agreement', agreement));
    const added = { op: 'goal-added', goal: goalBody({ goalId: randomUUID() }) };
    expectConflict(await adapt(on, [added]), 'too-many-active-goals', { rule: 6 });
    expectDone(await adapt(on, [added, { op: 'goal-dropped', goalId: goal }]), 'planRevision');
  });

  it('a milestone may be redated before its goal is', async () => {
    const on = await anAgreedPlan(cairn);
    const milestone = { op: 'milestone-redated', milestoneId: on.milestone, from: '2026-05-31', to: '2026-07-31' };
    const dates = (dueOn: string) => ({ startOn: '2026-03-01', dueOn });
    const goal = { op: 'goal-redated', goalId: on.goal, from: dates('2026-06-30'), to: dates('2026-08-31') };
    expectConflict(await adapt(on, [milestone]), 'milestone-after-goal', { rule: 3 });
    expectDone(await adapt(on, [milestone, goal]), 'planRevision');
  });

  it('a later change builds on an earlier one', async () => {
    const on = await anAgreedPlan(cairn);
    const [milestoneId, actionId] = [randomUUID(), randomUUID()];
    const changes = [
      { op: 'milestone-added', milestone: milestoneBody(on.goal, { milestoneId }) },
      { op: 'milestone-redated', milestoneId, from: '2026-05-31', to: '2026-06-15' },
      { op: 'action-added', action: { actionId, milestoneId, title: 'Begin', owner: 'coach', dueOn: '2026-06-15' } },
      { op: 'action-dropped', actionId },
    ];
    expectDone(await adapt(on, changes), 'planRevision');
    expectConflict(await on.post(`/actions/${actionId}/complete`, { completedOn: today }), 'wrong-state');
    expect(await aMilestoneIsThere(on, milestoneId)).toBe(true);
  });

  async function aMilestoneIsThere(on: Planned, id: string): Promise<boolean> {
    return (await on.post(`/milestones/${id}/reach`, { reachedOn: today })).status === 200;
  }
});
