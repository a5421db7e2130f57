import { movableClock } from './clock';

describe('a movable clock', () => {
  const start = new Date('2026-01-01T00:00:00Z');

  it('stands still until it is moved', () => {
    const clock = movableClock(start);
    expect(clock.now()).toEqual(start);
    clock.advance(60_000);
    expect(clock.now()).toEqual(new Date('2026-01-01T00:01:00Z'));
    clock.set(new Date('2026-02-01T00:00:00Z'));
    expect(clock.now()).toEqual(new Date('2026-02-01T00:00:00Z'));
  });

  it('never goes back, nor to an instant that is none', () => {
    const clock = movableClock(start);
    clock.set(start);
    expect(() => {
      clock.set(new Date('2025-12-31T23:59:59.999Z'));
    }).toThrow(RangeError);
    expect(() => {
      clock.advance(-1);
    }).toThrow(RangeError);
    expect(() => {
      clock.set(new Date('never'));
    }).toThrow(RangeError);
    expect(clock.now()).toEqual(start);
  });

  it('gives dates that a caller may change without moving it', () => {
    const clock = movableClock(start);
    clock.now().setFullYear(2030);
    expect(clock.now()).toEqual(start);
  });
});
