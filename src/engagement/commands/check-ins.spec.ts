import { commandSamples } from '../../../test/support/engagement/command-samples';
import { active, checkInScheduled, ids, planned } from '../../../test/support/engagement/samples';
import { and, refusal, when } from '../../../test/support/engagement/scenario';

const it = { checkInId: ids.checkIn };
const held = { ...it, heldAt: '2026-03-09T10:05:00.000Z', summary: 'Good', confidence: 8 };
const missed = { ...it, by: 'client', reason: null } as const;
const pasts = {
  scheduled: and(active, checkInScheduled),
  held: and(active, checkInScheduled, { type: 'CheckInHeld', data: held }),
  missed: and(active, checkInScheduled, { type: 'CheckInMissed', data: missed }),
};
const commands = {
  RescheduleCheckIn: { from: ['scheduled', 'missed'], type: 'CheckInRescheduled' },
  HoldCheckIn: { from: ['scheduled'], type: 'CheckInHeld' },
  MissCheckIn: { from: ['scheduled'], type: 'CheckInMissed' },
} as const;

const cases = (Object.keys(commands) as (keyof typeof commands)[]).flatMap((kind) =>
  (Object.keys(pasts) as (keyof typeof pasts)[]).map((state) => [kind, state] as const),
);

test.each(cases)('%s of one that is %s', (kind, state) => {
  const { data } = commandSamples[kind];
  const { from, type } = commands[kind];
  const outcome = when(pasts[state], kind, data);
  if ((from as readonly string[]).includes(state)) expect(outcome).toEqual([{ type, data }]);
  else expect(outcome).toMatchObject({ refused: 'wrong-state', detail: expect.stringContaining(state) });
});

test('one that was missed is scheduled again', () => {
  const data = commandSamples.RescheduleCheckIn.data;
  expect(and(pasts.missed, { type: 'CheckInRescheduled', data }).state?.checkIns[ids.checkIn]).toMatchObject({
    state: 'scheduled',
    scheduledFor: data.scheduledFor,
    missedBy: null,
  });
});

test('ScheduleCheckIn', () => {
  const { data } = commandSamples.ScheduleCheckIn;
  expect(when(planned, 'ScheduleCheckIn', data)).toEqual([{ type: 'CheckInScheduled', data }]);
  expect(when(planned, 'ScheduleCheckIn', { ...data, checkInId: ids.checkIn })).toEqual(
    refusal('already-exists', { path: 'checkInId' }),
  );
});

test('rule 4: it is not held in the future', () => {
  const hold = (heldAt: string) => when(planned, 'HoldCheckIn', { ...held, heldAt });
  expect(hold('2026-03-10T12:00:00.000Z')).toMatchObject([{}]);
  expect(hold('2026-03-10T12:00:00.001Z')).toEqual(refusal('in-the-future', { rule: 4, path: 'heldAt' }));
});
