import { later } from '../calendar';
import type { Engagement } from '../engagement';
import type { IsoDate } from '../values';
import type { Facts } from './facts';
import type { FiredRule, HealthSettings } from './fired-rule';
import { behind } from './health-behind';
import { noContact } from './health-contact';
import { blocked, overdue, slipping } from './health-dates';

export type HealthMeasure = {
  readonly level: 'on-track' | 'attention' | 'at-risk';
  /** What is at risk first, then what has been true for longest. */
  readonly rules: readonly FiredRule[];
};

/** Everything that is amiss, rule by rule. Only an active engagement and its active goals fire. */
export function healthOf(facts: Facts, asOf: IsoDate, settings: HealthSettings): HealthMeasure {
  const activeSince = activeStretchOf(facts.engagement, asOf);
  if (activeSince === null) return { level: 'on-track', rules: [] };
  const rules = [
    ...noContact(facts.engagement, asOf, settings),
    ...behind(facts.engagement, asOf),
    ...overdue(facts.engagement, asOf),
    ...slipping(facts.engagement, asOf),
    ...blocked(facts.engagement, asOf),
  ]
    .map((rule) => ({ ...rule, since: later(rule.since, activeSince) }))
    .sort(mostUrgentFirst);
  return { level: rules[0]?.level ?? 'on-track', rules };
}

/** The day since which coaching goes on without a break; null when it doesn't on that day. */
function activeStretchOf({ phase }: Engagement, asOf: IsoDate): IsoDate | null {
  const newest = phase.activeStretches.at(-1);
  return phase.status === 'active' && newest && newest.from <= asOf ? newest.from : null;
}

function mostUrgentFirst(a: FiredRule, b: FiredRule): number {
  if (a.level !== b.level) return a.level === 'at-risk' ? -1 : 1;
  return a.since === b.since ? 0 : a.since < b.since ? -1 : 1;
}
