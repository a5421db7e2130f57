import { describeProjection } from '../../test/support/projection-spec';
import { barriersProjection } from './projection';
import { barriers } from './table';

describeProjection(barriersProjection, ({ rowsAfter }) => {
  it('keep every stretch in which they were open, and the strategies against them', () => {
    const rows = rowsAfter(barriers, [
      {
        type: 'BarrierIdentified',
        data: { barrierId: 'b1', category: 'external', description: 'No budget', severity: 4, affects: ['g1'] },
        on: '2026-01-01',
      },
      { type: 'BarrierStrategyAgreed', data: { barrierId: 'b1', strategyId: 's1', description: 'Ask again' } },
      { type: 'BarrierResolved', data: { barrierId: 'b1', outcome: 'Granted', resolvedOn: '2026-01-06' } },
      { type: 'BarrierReopened', data: { barrierId: 'b1', reason: 'Cut' }, on: '2026-01-10' },
      { type: 'BarrierResolved', data: { barrierId: 'b1', outcome: 'Granted', resolvedOn: '2026-01-13' } },
      { type: 'BarrierResolved', data: { barrierId: 'b9', outcome: 'Not there', resolvedOn: '2026-01-13' } },
    ]);
    expect(rows).toEqual([
      {
        barrierId: 'b1',
        category: 'external',
        description: 'No budget',
        severity: 4,
        affects: ['g1'],
        state: 'resolved',
        openFrom: ['2026-01-01', '2026-01-10'],
        openTo: ['2026-01-06', '2026-01-13'],
        strategies: [{ strategyId: 's1', description: 'Ask again' }],
      },
    ]);
  });
});
