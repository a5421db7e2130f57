import { describeProjection, eventIdAt, type GivenEvents } from '../../test/support/projection-spec';
import { resourcesProjection } from './projection';
import { allocations, resources } from './tables';

const identified = {
  type: 'ResourceIdentified',
  data: { resourceId: 'r1', kind: 'funding', description: 'Course', budget: { amount: '600.00', currency: 'EUR' } },
} as const;
const allocated = (to: string) =>
  ({
    type: 'ResourceAllocated',
    data: { resourceId: 'r1', to, amount: { amount: '50.00', currency: 'EUR' } },
  }) as const;
const released = (to: string | null) =>
  ({ type: 'ResourceReleased', data: { resourceId: 'r1', to, reason: 'Done' } }) as const;

describeProjection(resourcesProjection, ({ rowsAfter }) => {
  const stateOf = (events: GivenEvents) => rowsAfter(resources, events)[0]?.state;
  const targetsOf = (events: GivenEvents) => rowsAfter(allocations, events).map(({ to }) => to);

  it('are allocated to one thing after another', () => {
    const events = [identified, allocated('m1'), allocated('m2')];
    expect(stateOf(events)).toBe('allocated');
    expect(rowsAfter(allocations, events)).toMatchObject([
      { allocationId: eventIdAt(1), to: 'm1', amount: { amount: '50.00', currency: 'EUR' } },
      { allocationId: eventIdAt(2), to: 'm2' },
    ]);
  });

  it('stay allocated while something of them is', () => {
    const events = [identified, allocated('m1'), allocated('m2'), released('m1')];
    expect([stateOf(events), targetsOf(events)]).toEqual(['allocated', ['m2']]);
  });

  it.each([[null], ['m1']])('are released with the last allocation (%s)', (to) => {
    const events = [identified, allocated('m1'), released(to)];
    expect([stateOf(events), targetsOf(events)]).toEqual(['released', []]);
  });

  it('change with the plan', () => {
    const row = rowsAfter(resources, [
      identified,
      {
        type: 'PlanAdapted',
        data: {
          revision: 2,
          baseRevision: 1,
          reasonCode: 'opportunity',
          reasonText: 'Cheaper',
          triggeredBy: [],
          changes: [
            {
              op: 'resource-changed',
              resourceId: 'r1',
              from: { description: 'Course', budget: { amount: '600.00', currency: 'EUR' } },
              to: { description: 'Short course', budget: null },
            },
          ],
          agreedBy: ['client', 'coach'],
          sponsorInformed: true,
          effectiveOn: '2026-04-01',
        },
      },
    ])[0];
    expect(row).toMatchObject({ description: 'Short course', budget: null, state: 'identified' });
  });
});
