/** Where the present comes from: production has the system's, the demo and the tests one that they move. */
export type Clock = { readonly now: () => Date };

export const systemClock: Clock = { now: () => new Date() };

export type MovableClock = Clock & {
  /** @throws RangeError when `instant` is before the present of this clock: what was recorded can't be in its future */
  readonly set: (instant: Date) => void;
  /** Forward by so many milliseconds, 0 or more. */
  readonly advance: (milliseconds: number) => void;
};

/** A clock that stands still at `start` until it is moved, and never goes back. */
export function movableClock(start: Date): MovableClock {
  let present = start.getTime();
  const moveTo = (instant: number): void => {
    if (!(instant >= present)) {
      throw new RangeError(`The clock is at ${new Date(present).toISOString()} and does not go back.`);
    }
    present = instant;
  };
  return {
    now: () => new Date(present),
    set: (instant) => {
      moveTo(instant.getTime());
    },
    advance: (milliseconds) => {
      moveTo(present + milliseconds);
    },
  };
}
