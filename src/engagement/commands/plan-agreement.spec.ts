import { commandSamples } from '../../../test/support/engagement/command-samples';
import { active, goalProposed, goalSet, ids, planned, withPlan } from '../../../test/support/engagement/samples';
import { and, people, refusal, when } from '../../../test/support/engagement/scenario';
import type { EngagementEvent } from '../events';

const { data } = commandSamples.AgreePlan;

test('the plan is agreed as revision 1, from the day it occurred', () => {
  const occurredAt = '2026-03-02T23:30:00.000Z';
  expect(when(planned, 'AgreePlan', data, { occurredAt, by: people.client })).toEqual([
    { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-03-02' } },
  ]);
});

test('once only', () => {
  expect(when(withPlan, 'AgreePlan', data)).toEqual(refusal('wrong-state', { detail: /revision 1.*adaptations/ }));
});

test('an empty plan is none', () => {
  expect(when(active, 'AgreePlan', data)).toEqual(refusal('wrong-state', { detail: /empty/ }));
  expect(when(and(active, goalProposed()), 'AgreePlan', data)).toEqual(refusal('wrong-state'));
  const one = { goalId: ids.goal };
  const abandoned: EngagementEvent = {
    type: 'GoalAbandoned',
    data: { ...one, reason: 'No', notAttainable: false, milestones: {} },
  };
  expect(when(and(active, goalSet(), abandoned), 'AgreePlan', data)).toEqual(refusal('wrong-state'));
  const onHold = and(active, goalSet(), { type: 'GoalPutOnHold', data: { ...one, reason: 'Later' } });
  expect(when(onHold, 'AgreePlan', data)).toMatchObject([{}]);
});

test('its dates become the baseline', () => {
  expect(withPlan.state).toMatchObject({
    goals: { [ids.goal]: { baselineDueOn: '2026-06-30' }, [ids.proposedGoal]: { baselineDueOn: null } },
    milestones: { [ids.milestone]: { baselineDueOn: '2026-05-01' } },
    actions: { [ids.action]: { baselineDueOn: '2026-04-01' } },
  });
});
