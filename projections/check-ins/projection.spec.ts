import { describeProjection } from '../../test/support/projection-spec';
import { checkInsProjection } from './projection';
import { checkIns } from './table';

const scheduled = (checkInId: string) =>
  ({ type: 'CheckInScheduled', data: { checkInId, scheduledFor: '2026-04-10T09:00:00.000Z' } }) as const;

describeProjection(checkInsProjection, ({ rowsAfter }) => {
  it('are held with what was said', () => {
    const held = { heldAt: '2026-04-10T09:05:00.000Z', summary: 'Good', confidence: 8 };
    const rows = rowsAfter(checkIns, [
      scheduled('c1'),
      scheduled('c2'),
      { type: 'CheckInHeld', data: { checkInId: 'c1', ...held } },
    ]);
    expect(rows).toMatchObject([
      { checkInId: 'c1', state: 'held', ...held },
      { checkInId: 'c2', state: 'scheduled', heldAt: null },
    ]);
  });

  it('are missed, and no longer so when rescheduled', () => {
    const missed = {
      type: 'CheckInMissed',
      data: { checkInId: 'c1', by: 'client', reason: null },
      on: '2026-04-11',
    } as const;
    expect(rowsAfter(checkIns, [scheduled('c1'), missed])).toMatchObject([
      { state: 'missed', missedBy: 'client', missedOn: '2026-04-11' },
    ]);
    const again = { checkInId: 'c1', scheduledFor: '2026-04-20T09:00:00.000Z', reason: 'Ill' };
    expect(rowsAfter(checkIns, [scheduled('c1'), missed, { type: 'CheckInRescheduled', data: again }])).toMatchObject([
      { state: 'scheduled', scheduledFor: again.scheduledFor, missedBy: null, missedOn: null },
    ]);
  });
});
