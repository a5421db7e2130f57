import { daysBetween } from '../calendar';
import type { Stretch } from '../engagement';
import type { IsoDate } from '../values';

/** The days of the stretches up to `asOf`, which like the end of a stretch is not counted. */
export function daysIn(stretches: readonly Stretch[], asOf: IsoDate): number {
  return stretches.reduce((days, { from, to }) => {
    const until = to !== null && to < asOf ? to : asOf;
    return days + Math.max(0, daysBetween(from, until));
  }, 0);
}
