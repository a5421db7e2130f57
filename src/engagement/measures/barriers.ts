import type { Barrier } from '../engagement';
import type { Id, IsoDate } from '../values';
import { daysIn } from './stretches';

/** How long the barrier stood in the way: the sum of the stretches it was open, up to the day. */
export function openDays(barrier: Pick<Barrier, 'openStretches'>, asOf: IsoDate): number {
  return daysIn(barrier.openStretches, asOf);
}

export type BarrierMeasures = {
  readonly open: readonly { readonly barrierId: Id; readonly severity: number; readonly ageDays: number }[];
  /** One value a barrier, however often it was reopened. */
  readonly resolved: { readonly count: number; readonly medianDays: number | null; readonly meanDays: number | null };
};

/** Open ones are listed with their days so far, not averaged in. */
export function barrierMeasures(barriers: readonly Barrier[], asOf: IsoDate): BarrierMeasures {
  const open = barriers
    .filter(({ state }) => state === 'open')
    .map((barrier) => ({
      barrierId: barrier.barrierId,
      severity: barrier.severity,
      ageDays: openDays(barrier, asOf),
    }));
  const days = barriers.filter(({ state }) => state === 'resolved').map((barrier) => openDays(barrier, asOf));
  return { open, resolved: { count: days.length, medianDays: median(days), meanDays: mean(days) } };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of an even number of values, the mean of the two in the middle. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return mean(sorted.slice(sorted.length % 2 === 0 ? Math.max(0, half - 1) : half, half + 1));
}
