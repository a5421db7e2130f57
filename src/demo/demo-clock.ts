import type { Instant } from '../engagement/values';
import { type Clock, movableClock, systemClock } from '../platform/clock';

export type DemoClock = Clock & {
  /** Forward to `instant`; stays where it is when that is past. */
  readonly moveTo: (instant: Instant) => void;
  /** From now on it shows the time of day, as every other clock. */
  readonly release: () => void;
};

/** Stands still at `start` and is moved through the cases; once released it goes with the system's. */
export function createDemoClock(start: Date): DemoClock {
  const story = movableClock(start);
  let clock: Clock = story;
  return {
    now: () => clock.now(),
    moveTo: (instant) => {
      const to = new Date(instant);
      if (to > story.now()) story.set(to);
    },
    release: () => {
      clock = systemClock;
    },
  };
}
