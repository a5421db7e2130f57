import type { Engagement } from '../engagement';
import type { IsoDate } from '../values';
import { daysIn } from './stretches';

/** A twelfth of 365.25 days. */
const DAYS_A_MONTH = 30.4375;

export type Volatility = {
  /** Without corrections of data. */
  readonly adaptations: number;
  /** From the start to the as-of date or the end, without pauses. */
  readonly activeDays: number;
  /** Null without an active day. */
  readonly perMonth: number | null;
};

/** How often the plan was adapted, per month of active coaching. */
export function volatilityOf({ plan, phase }: Pick<Engagement, 'plan' | 'phase'>, asOf: IsoDate): Volatility {
  const adaptations = plan.adaptations.filter(
    ({ reasonCode, effectiveOn }) => reasonCode !== 'data-correction' && effectiveOn <= asOf,
  ).length;
  const activeDays = daysIn(phase.activeStretches, asOf);
  return { adaptations, activeDays, perMonth: activeDays === 0 ? null : adaptations / (activeDays / DAYS_A_MONTH) };
}
