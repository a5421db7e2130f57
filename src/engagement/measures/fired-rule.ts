import type { Id, IsoDate } from '../values';

/** A rule that fired. `since` is the first day of the unbroken stretch, up to the as-of date, on which it is true. */
export type FiredRule = { readonly level: 'attention' | 'at-risk'; readonly since: IsoDate } & (
  | { readonly rule: 'no-contact'; readonly about: null; readonly weeks: number }
  /** Shares from 0 to 1: of the goal's time that has passed, and of its milestones that are reached. */
  | { readonly rule: 'behind'; readonly about: Id; readonly elapsed: number; readonly done: number }
  | { readonly rule: 'overdue'; readonly about: Id; readonly dueOn: IsoDate }
  | { readonly rule: 'slipping'; readonly about: Id; readonly baselineDueOn: IsoDate; readonly days: number }
  | { readonly rule: 'blocked'; readonly about: Id; readonly severity: number; readonly days: number }
);

export type HealthSettings = {
  /** IANA name; places check-ins on their days. */
  readonly timeZone: string;
  readonly noContactWeeks: number;
};
