import { addDays, dayOf } from './calendar';

describe('the day of an instant', () => {
  it.each([
    ['2026-04-01T15:00:00.000Z', 'UTC', '2026-04-01'],
    ['2026-04-01T15:00:00.000Z', 'Pacific/Auckland', '2026-04-02'],
    ['2026-04-01T03:00:00.000Z', 'America/New_York', '2026-03-31'],
    ['1900-01-01T00:00:00.000Z', 'America/New_York', '1899-12-31'],
    ['0999-06-01T12:00:00.000Z', 'America/New_York', '0999-06-01'],
    ['0001-06-01T12:00:00.000Z', 'Europe/Berlin', '0001-06-01'],
    ['9998-12-31T23:59:59.999Z', 'Pacific/Kiritimati', '9999-01-01'],
    ['9999-12-31T23:59:59.999Z', 'Pacific/Kiritimati', '9999-12-31'],
  ])('%s in %s is %s', (instant, timeZone, day) => {
    expect(dayOf(instant, timeZone)).toBe(day);
  });
});

describe('the date so many days away', () => {
  it.each([
    ['2026-03-01', -1, '2026-02-28'],
    ['9998-12-31', 3_660, '9999-12-31'],
    ['9999-12-31', 1, '9999-12-31'],
    ['0001-01-01', -1, '0001-01-01'],
    ['1900-01-01', -3_640, '1890-01-13'],
    ['0999-12-31', 1, '1000-01-01'],
  ])('%s %d is %s', (date, days, result) => {
    expect(addDays(date, days)).toBe(result);
  });
});
