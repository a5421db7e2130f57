import type { Engagement } from '../../engagement/engagement';
import type { HealthSettings } from '../../engagement/measures/fired-rule';
import type { Id, Instant, IsoDate } from '../../engagement/values';
import type { DueRule } from '../../../projections/due/queries';

/** When, and by which terms, it is asked what is due. */
export type Present = { readonly now: Instant; readonly today: IsoDate; readonly settings: HealthSettings };

/** Whoever coaches or is coached; a sponsor is not reminded of anything. */
export type Recipient = 'client' | 'coach';

/** Something that is due in an engagement, as its own events say. */
export type DueThing = {
  /** The check-in, milestone or action; null: the engagement. */
  readonly about: Id | null;
  /** The instant of a check-in; else the date that makes it due. With the rule and `about` it says what is told once. */
  readonly on: Instant;
  /** What it is called in the plan; null for what has no name. */
  readonly title: string | null;
  readonly owner: 'client' | 'coach' | 'sponsor' | null;
};

/** One kind of due work. `projections/due/queries.ts` finds the same things in rows, for all engagements at once. */
export type DueKind = {
  readonly rule: DueRule;
  readonly to: (owner: DueThing['owner']) => readonly Recipient[];
  /** Of an engagement that has not ended. */
  readonly find: (engagement: Engagement, present: Present) => readonly DueThing[];
};

export const both = (): readonly Recipient[] => ['client', 'coach'];
export const coachAlone = (): readonly Recipient[] => ['coach'];
