import { barrierIdentified } from '../../test/support/engagement/samples';
import { and, id, nothing } from '../../test/support/engagement/scenario';
import type { EngagementEvent } from './events';
import { ownDateOf } from './own-date';

const it = id(1);
const occurred = '2026-01-05';

const cases: readonly (readonly [EngagementEvent, string])[] = [
  [
    { type: 'PlanAgreed', data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-01-02' } },
    '2026-01-02',
  ],
  [
    {
      type: 'PlanAdapted',
      data: {
        ...{ revision: 2, baseRevision: 1, reasonCode: 'learning', reasonText: 'x', triggeredBy: [], changes: [] },
        ...{ agreedBy: ['client', 'coach'], sponsorInformed: false, effectiveOn: '2026-01-03' },
      },
    },
    '2026-01-03',
  ],
  [{ type: 'MilestoneReached', data: { milestoneId: it, reachedOn: '2026-01-04', evidence: null } }, '2026-01-04'],
  [{ type: 'ActionCompleted', data: { actionId: it, completedOn: '2026-01-01' } }, '2026-01-01'],
  [
    {
      type: 'ProgressRecorded',
      data: { goalId: it, value: 1, observedOn: '2025-12-31', rater: 'client', note: null, corrects: null },
    },
    '2025-12-31',
  ],
  [
    {
      type: 'GoalAttainmentScored',
      data: { goalId: it, level: 0, observedOn: '2025-12-30', rater: 'client', corrects: null },
    },
    '2025-12-30',
  ],
  [{ type: 'BarrierResolved', data: { barrierId: it, outcome: 'x', resolvedOn: '2025-12-29' } }, '2025-12-29'],
  [
    { type: 'GoalAchieved', data: { goalId: it, achievedOn: '2025-12-28', reflection: null, milestones: {} } },
    '2025-12-28',
  ],
  [barrierIdentified, occurred],
  [{ type: 'CheckInScheduled', data: { checkInId: it, scheduledFor: '2026-06-01T08:00:00.000Z' } }, occurred],
];

test.each(cases.map(([event, date]) => [event.type, event, date] as const))('%s', (_type, event, date) => {
  const [past] = and(nothing, event).events;
  expect(ownDateOf(past!, 'UTC')).toBe(date);
});

test('a check-in belongs to the day it was held on in the tenant’s time zone', () => {
  const [held] = and(nothing, {
    type: 'CheckInHeld',
    data: { checkInId: it, heldAt: '2026-01-03T23:30:00.000Z', summary: 'x', confidence: null },
  }).events;
  expect(ownDateOf(held!, 'UTC')).toBe('2026-01-03');
  expect(ownDateOf(held!, 'Europe/Zurich')).toBe('2026-01-04');
});
