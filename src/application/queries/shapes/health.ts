import type { Id, IsoDate } from '../../../engagement/values';

export type RuleName = 'no-contact' | 'behind' | 'overdue' | 'blocked' | 'slipping';

export type HealthLevel = 'on-track' | 'attention' | 'at-risk';

export type Rule = {
  readonly rule: RuleName;
  readonly level: Exclude<HealthLevel, 'on-track'>;
  /** The goal, milestone or barrier. */
  readonly about: Id | null;
  /** The first day on which the rule is true. */
  readonly since: IsoDate;
  readonly sentence: string | null;
};

export type Health = { readonly level: HealthLevel; readonly rules: readonly Rule[] };
