import { commandSamples } from '../../../test/support/engagement/command-samples';
import { actionCommitted, ids, planned, resourceIdentified, withPlan } from '../../../test/support/engagement/samples';
import { and, refusal, when } from '../../../test/support/engagement/scenario';
import type { EngagementEvent } from '../events';
import type { Id, Money } from '../values';

const euros = (amount: string): Money => ({ amount, currency: 'EUR' });
const it = { resourceId: ids.resource };
const allocated = (amount: Money | null, to: Id = ids.milestone): EngagementEvent => ({
  type: 'ResourceAllocated',
  data: { ...it, to, amount },
});
const released = (to: Id | null = null): EngagementEvent => ({
  type: 'ResourceReleased',
  data: { ...it, to, reason: 'Not needed' },
});
const allocate = (amount: Money | null, given = planned, to: Id = ids.action) =>
  when(given, 'AllocateResource', { ...it, to, amount });

test('IdentifyResource', () => {
  const { data } = commandSamples.IdentifyResource;
  expect(when(planned, 'IdentifyResource', data)).toEqual([{ type: 'ResourceIdentified', data }]);
});

describe('rule 8: allocated funding never exceeds its budget, in one currency', () => {
  test('up to the last cent', () => {
    expect(allocate(euros('600.00'))).toEqual([allocated(euros('600.00'), ids.action)]);
    expect(allocate(euros('600.01'))).toEqual(
      refusal('over-budget', { rule: 8, path: 'amount', detail: /600\.01 EUR .*budget of 600\.00/ }),
    );
  });

  test('with what is allocated already', () => {
    const given = and(planned, allocated(euros('599.90')), allocated(euros('0.05')));
    expect(allocate(euros('0.05'), given)).toMatchObject([{}]);
    expect(allocate(euros('0.06'), given)).toEqual(refusal('over-budget', { rule: 8, path: 'amount' }));
    expect(allocate(euros('600.00'), and(given, released()))).toMatchObject([{}]);
  });

  test('exactly, where a float would not be', () => {
    const given = and(planned, allocated(euros('0.10')), allocated(euros('0.20')), resourceIdentified('0.30'));
    expect(allocate(euros('0.30'), given)).toMatchObject([{}]);
    const rich = and(planned, resourceIdentified('999999999999.99'), allocated(euros('999999999999.98')));
    expect(allocate(euros('0.01'), rich)).toMatchObject([{}]);
    expect(allocate(euros('0.02'), rich)).toEqual(refusal('over-budget', { rule: 8, path: 'amount' }));
  });

  test('in the currency of the budget, or of the first allocation', () => {
    const other = { amount: '1.00', currency: 'CHF' };
    const expected = refusal('other-currency', { rule: 8, path: 'amount', detail: /in (EUR|CHF), not in (CHF|EUR)/ });
    expect(allocate(other)).toEqual(expected);
    const boundless = and(planned, resourceIdentified(null));
    expect(allocate(other, boundless)).toMatchObject([{}]);
    expect(allocate(euros('1.00'), and(boundless, allocated(other)))).toEqual(expected);
    expect(allocate({ ...other, amount: '999999999999.99' }, and(boundless, allocated(other)))).toMatchObject([{}]);
  });

  test('a budget is not lowered below what is allocated, nor moved to another currency', () => {
    const given = and(withPlan, allocated(euros('400.00')));
    const change = (budget: Money | null) =>
      when(given, 'AdaptPlan', {
        ...commandSamples.AdaptPlan.data,
        changes: [
          {
            op: 'resource-changed',
            ...it,
            from: { description: 'Course fees', budget: euros('600.00') },
            to: { description: 'Fees', budget },
          },
        ],
      });
    const path = 'changes[0].to.budget';
    expect(change(euros('400.00'))).toMatchObject([{}]);
    expect(change(null)).toMatchObject([{}]);
    expect(change(euros('399.99'))).toEqual(refusal('over-budget', { rule: 8, path }));
    expect(change({ amount: '500.00', currency: 'CHF' })).toEqual(refusal('other-currency', { rule: 8, path }));
  });
});

describe('AllocateResource', () => {
  test('funding needs an amount, other kinds do not', () => {
    expect(allocate(null)).toEqual(refusal('wrong-state', { path: 'amount' }));
    const tool: EngagementEvent = {
      type: 'ResourceIdentified',
      data: { ...it, kind: 'tool', description: 'A printer', budget: null },
    };
    expect(allocate(null, and(planned, tool))).toEqual([allocated(null, ids.action)]);
  });

  test('to a milestone or an action that is there', () => {
    expect(allocate(euros('1.00'), planned, ids.milestone)).toMatchObject([{}]);
    expect(allocate(euros('1.00'), planned, ids.goal)).toEqual(refusal('unknown-reference', { path: 'to' }));
  });

  test('to one that is not dropped', () => {
    const dropped = and(planned, { type: 'MilestoneDropped', data: { milestoneId: ids.milestone, reason: null } });
    expect(allocate(euros('1.00'), dropped, ids.milestone)).toEqual(refusal('wrong-state', { path: 'to' }));
    expect(allocate(euros('1.00'), dropped, ids.action)).toEqual(refusal('wrong-state', { path: 'to' }));
  });
});

describe('ReleaseResource', () => {
  const two = and(
    planned,
    actionCommitted({ actionId: ids.secondAction }),
    allocated(euros('1.00')),
    allocated(euros('2.00'), ids.action),
  );
  const release = (to: Id | null, given = two) => when(given, 'ReleaseResource', { ...it, to, reason: 'Not needed' });

  test('all, or what was allocated to one', () => {
    expect(release(null)).toEqual([released()]);
    expect(release(ids.action)).toEqual([released(ids.action)]);
    expect(and(two, released(ids.action)).state?.resources[ids.resource]).toMatchObject({
      state: 'allocated',
      allocated: [{ to: ids.milestone }],
    });
    expect(and(two, released()).state?.resources[ids.resource]).toMatchObject({ state: 'released', allocated: [] });
  });

  test('nothing is allocated, or not to it', () => {
    expect(release(null, planned)).toEqual(refusal('wrong-state', { detail: /identified.*allocate/ }));
    expect(release(null, and(two, released()))).toEqual(refusal('wrong-state', { detail: /released.*allocate/ }));
    expect(release(ids.secondAction)).toEqual(refusal('wrong-state', { path: 'to' }));
    expect(release(ids.goal)).toEqual(refusal('unknown-reference', { path: 'to' }));
  });

  test('and allocated again', () => {
    expect(allocate(euros('3.00'), and(two, released()))).toMatchObject([{}]);
  });
});
