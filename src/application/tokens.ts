import type { OpaqueEvent } from '../event-store/event-store';

/** What the composition root (src/composition) hands to handlers, by the tokens they ask for. */
export const POOL = Symbol('POOL');
export const EVENT_STORE = Symbol('EVENT_STORE');
export const CLOCK = Symbol('CLOCK');
export const RULE_SETTINGS = Symbol('RULE_SETTINGS');
export const READ_SIDE = Symbol('READ_SIDE');
/** Told of each event of the log that is passed over because this code can't read it. */
export const ON_UNREADABLE = Symbol('ON_UNREADABLE');
export type OnUnreadable = (event: OpaqueEvent) => void;
/** The states of the engagements' streams: one instance, since what a command has seen a query need not read again. */
export const ENGAGEMENTS = Symbol('ENGAGEMENTS');

/** The numbers of the domain's rules, as the tenant's settings say. */
export type RuleSettings = {
  /** IANA time zone in which days begin and end. */
  readonly timeZone: string;
  readonly activeGoalCap: number;
  readonly noContactWeeks: number;
};
