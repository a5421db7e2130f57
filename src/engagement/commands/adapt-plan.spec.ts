import { adapt } from '../../../test/support/engagement/adapting';
import { commandSamples } from '../../../test/support/engagement/command-samples';
import { ids, planned, withPlan } from '../../../test/support/engagement/samples';
import { and, eventId, people, refusal } from '../../../test/support/engagement/scenario';
import type { EngagementEvent } from '../events';

const { data } = commandSamples.AdaptPlan;
const { changes } = data;
const barrierEvent = eventId(withPlan.events.findIndex(({ type }) => type === 'BarrierIdentified'));
const elsewhere = 'ffffffff-0000-4000-8000-000000000000';
const twice = and(withPlan, {
  type: 'PlanAdapted',
  data: { ...data, revision: 2, triggeredBy: [], changes: [], effectiveOn: '2026-03-01' },
});

test('is the next revision, with its reason, what triggered it and what it changes', () => {
  const triggeredBy = [barrierEvent];
  expect(adapt(changes, { triggeredBy, sponsorInformed: true }, withPlan, { by: people.client })).toEqual([
    { type: 'PlanAdapted', data: { ...data, revision: 2, triggeredBy, sponsorInformed: true } },
  ]);
  expect(adapt(changes, { baseRevision: 2 }, twice)).toMatchObject([
    { data: { revision: 3, baseRevision: 2, triggeredBy: [] } },
  ]);
});

test('needs an agreed plan', () => {
  expect(adapt(changes, { baseRevision: 0 }, planned)).toEqual(
    refusal('plan-not-agreed', { detail: /POST …\/plan\/agreement/ }),
  );
});

test.each([0, 1, 3])('starts from the revision as it stands, not from %d', (baseRevision) => {
  expect(adapt(changes, { baseRevision }, twice)).toEqual(
    refusal('plan-revision-stale', { path: 'baseRevision', detail: /revision 2/ }),
  );
});

test('what triggered it is an event of the engagement', () => {
  expect(adapt(changes, { triggeredBy: [barrierEvent, elsewhere] })).toEqual(
    refusal('unknown-reference', { path: 'triggeredBy[1]' }),
  );
});

test('rule 4: does not hold from a day in the future', () => {
  expect(adapt(changes, { effectiveOn: '2026-03-11' })).toEqual(
    refusal('in-the-future', { rule: 4, path: 'effectiveOn' }),
  );
});

test('rule 3: does not hold before the previous revision', () => {
  const at = (effectiveOn: string) => adapt(changes, { baseRevision: 2, effectiveOn }, twice);
  expect(at('2026-03-01')).toMatchObject([{}]);
  expect(at('2026-02-28')).toEqual(refusal('dates-out-of-order', { rule: 3, path: 'effectiveOn' }));
});

test('is judged in order: the base, the trigger, the day, the changes', () => {
  const wrong = [{ op: 'milestone-dropped', milestoneId: ids.unknown }] as const;
  const later = { effectiveOn: '2026-03-11' };
  expect(adapt(wrong, { ...later, triggeredBy: [elsewhere], baseRevision: 0 })).toMatchObject({
    refused: 'plan-revision-stale',
  });
  expect(adapt(wrong, { ...later, triggeredBy: [elsewhere] })).toMatchObject({ path: 'triggeredBy[0]' });
  expect(adapt(wrong, later)).toMatchObject({ path: 'effectiveOn' });
  expect(adapt(wrong)).toMatchObject({ path: 'changes[0].milestoneId' });
});

test('all or nothing', () => {
  const second = { op: 'action-dropped', actionId: ids.unknown } as const;
  expect(adapt([...changes, second])).toEqual(refusal('unknown-reference', { path: 'changes[1].actionId' }));
});

test('the baseline stays, whatever becomes of the dates', () => {
  const outcome = adapt([
    { op: 'action-redated', actionId: ids.action, from: '2026-04-01', to: '2026-04-15' },
    { op: 'milestone-redated', milestoneId: ids.milestone, from: '2026-05-01', to: '2026-06-01' },
    {
      op: 'goal-redated',
      goalId: ids.goal,
      from: { startOn: '2026-02-01', dueOn: '2026-06-30' },
      to: { startOn: '2026-02-01', dueOn: '2026-09-30' },
      datesOverrideReason: null,
    },
  ]);
  expect(and(withPlan, ...(outcome as readonly EngagementEvent[])).state).toMatchObject({
    plan: { revision: 2, effectiveOn: '2026-03-10' },
    goals: { [ids.goal]: { dueOn: '2026-09-30', baselineDueOn: '2026-06-30' } },
    milestones: { [ids.milestone]: { dueOn: '2026-06-01', baselineDueOn: '2026-05-01' } },
    actions: { [ids.action]: { dueOn: '2026-04-15', baselineDueOn: '2026-04-01' } },
  });
});
