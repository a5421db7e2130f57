import { noPreferences, type Preferences } from '../../records/preferences';
import { digestSlot, hoursOf, isDayBefore } from './hours';

const hours = (more: Partial<Preferences> = {}, tenant = 'UTC') => hoursOf({ ...noPreferences, ...more }, tenant);

describe('the digest', () => {
  const slots: readonly (readonly [string, string, Partial<Preferences>, string, boolean])[] = [
    ['before its hour: of yesterday, and over', '2026-04-02T07:59:00.000Z', {}, '2026-04-01', false],
    ['at its hour', '2026-04-02T08:00:00.000Z', {}, '2026-04-02', true],
    ['when it was held up', '2026-04-02T10:59:00.000Z', {}, '2026-04-02', true],
    ['what turns up in the day waits', '2026-04-02T11:00:00.000Z', {}, '2026-04-02', false],
    ['at an hour of one’s own', '2026-04-02T18:30:00.000Z', { digestHour: 18 }, '2026-04-02', true],
    ['in a time zone of one’s own', '2026-04-02T06:00:00.000Z', { timeZone: 'Europe/Berlin' }, '2026-04-02', true],
    ['east of the date line', '2026-04-01T19:30:00.000Z', { timeZone: 'Pacific/Auckland' }, '2026-04-02', true],
    ['in quiet hours', '2026-04-02T08:30:00.000Z', { quietHours: { from: '22:00', to: '09:00' } }, '2026-04-02', false],
    ['after them', '2026-04-02T09:00:00.000Z', { quietHours: { from: '22:00', to: '09:00' } }, '2026-04-02', true],
    [
      'put off over midnight',
      '2026-04-02T06:00:00.000Z',
      { digestHour: 23, quietHours: { from: '22:00', to: '06:00' } },
      '2026-04-01',
      true,
    ],
    ['at midnight', '2026-04-02T00:30:00.000Z', { digestHour: 0 }, '2026-04-02', true],
  ];
  it.each(slots)('%s', (_name, now, preferences, day, isOpen) => {
    expect(digestSlot(now, hours(preferences))).toEqual({ day, isOpen });
  });

  it('comes once on the day that loses an hour, and once on the day that has one twice', () => {
    const berlin = hours({ timeZone: 'Europe/Berlin', digestHour: 2 });
    for (const day of ['2026-03-29', '2026-10-25']) {
      const minutes = Array.from(
        { length: 1_440 },
        (_each, minute) => Date.parse(`${day}T00:00:00Z`) + minute * 60_000,
      );
      const open = minutes.map((at) => digestSlot(new Date(at).toISOString(), berlin)).filter((slot) => slot.isOpen);
      expect(new Set(open.map((slot) => slot.day))).toEqual(new Set([day]));
    }
  });
});

describe('a reminder of a check-in on 8 April at 09:00 UTC', () => {
  const at = '2026-04-08T09:00:00.000Z';
  const cases: readonly (readonly [string, string, Partial<Preferences>, boolean])[] = [
    ['not two days before', '2026-04-06T12:00:00.000Z', {}, false],
    ['not before the hour', '2026-04-07T07:59:00.000Z', {}, false],
    ['from the hour on', '2026-04-07T08:00:00.000Z', {}, true],
    ['until the end of the day', '2026-04-07T23:59:00.000Z', {}, true],
    ['not on the day', '2026-04-08T00:00:00.000Z', {}, false],
    ['not when it is over', '2026-04-08T09:00:00.000Z', {}, false],
    ['in quiet hours', '2026-04-07T23:00:00.000Z', { quietHours: { from: '22:00', to: '07:00' } }, false],
    [
      'when they left no time, on the day itself',
      '2026-04-08T07:00:00.000Z',
      { digestHour: 23, quietHours: { from: '22:00', to: '07:00' } },
      true,
    ],
    ['by the days of one’s own time zone', '2026-04-06T19:59:00.000Z', { timeZone: 'Pacific/Auckland' }, false],
    ['by the days of one’s own time zone', '2026-04-06T20:00:00.000Z', { timeZone: 'Pacific/Auckland' }, true],
  ];
  it.each(cases)('%s', (_name, now, preferences, expected) => {
    expect(isDayBefore(now, at, hours(preferences))).toBe(expected);
  });
});
