import type { Engagement, Things } from './engagement';
import type { EngagementEvent, PastEngagementEvent } from './events';
import type { Id, Instant, IsoDate, PartyName, Role } from './values';

/** Why a command is refused; stable, other systems are written against them. */
export type RefusalCode =
  | 'not-found'
  | 'forbidden'
  | 'agreement-not-signed'
  | 'dates-out-of-order'
  | 'outside-engagement'
  | 'milestone-after-goal'
  | 'action-after-milestone'
  | 'in-the-future'
  | 'open-milestones'
  | 'too-many-active-goals'
  | 'engagement-paused'
  | 'engagement-ended'
  | 'engagement-not-started'
  | 'over-budget'
  | 'other-currency'
  | 'plan-is-agreed'
  | 'plan-not-agreed'
  | 'plan-revision-stale'
  | 'plan-change-stale'
  | 'already-exists'
  | 'unknown-reference'
  | 'wrong-state'
  | 'goal-has-no-measure'
  | 'goal-has-no-scale';

/** The number of a rule in the domain's list of ten. */
export type RuleNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** A command that is not carried out: the code, and a sentence that says what to do instead. */
export type Refusal = {
  readonly refused: RefusalCode;
  readonly detail: string;
  readonly rule: RuleNumber | null;
  /** The field of the command that is at fault, `changes[0].from`; null when it is none in particular. */
  readonly path: string | null;
};

/** The codes that always come from one rule. */
const ruleOfCode: Partial<Record<RefusalCode, RuleNumber>> = {
  'agreement-not-signed': 1,
  'dates-out-of-order': 3,
  'outside-engagement': 3,
  'milestone-after-goal': 3,
  'action-after-milestone': 3,
  'in-the-future': 4,
  'open-milestones': 5,
  'too-many-active-goals': 6,
  'engagement-paused': 7,
  'engagement-ended': 7,
  'engagement-not-started': 7,
  'over-budget': 8,
  'other-currency': 8,
  'plan-is-agreed': 10,
};

/** A refusal with the rule its code stands for; `rule` names it where the code alone does not (a 403 by rule 2). */
export function refuse(code: RefusalCode, detail: string, more: { path?: string; rule?: RuleNumber } = {}): Refusal {
  return { refused: code, detail, rule: more.rule ?? ruleOfCode[code] ?? null, path: more.path ?? null };
}

export function isRefusal(outcome: object): outcome is Refusal {
  return 'refused' in outcome;
}

/** Who may send a command: a party of the engagement, or an admin of the tenant. */
export type Sender = PartyName | 'admin';

/** What a decision is told beside the state and the command. Time and identity come in here, never from outside. */
export type Context = {
  /** The instant of the decision. */
  readonly now: Instant;
  /** The day of `now` in the tenant's time zone. */
  readonly today: IsoDate;
  readonly occurredAt: Instant;
  readonly occurredOn: IsoDate;
  readonly timeZone: string;
  /** Who sends the command, in the role that permits it. */
  readonly actor: { readonly id: Id; readonly role: Role };
  /** For whom it is recorded, as the coach says. */
  readonly onBehalfOf: Id | null;
  readonly settings: { readonly activeGoalCap: number };
  /** The events of this engagement's stream that the command names (`referencesOf`), by id. */
  readonly referenced: ReadonlyMap<Id, PastEngagementEvent>;
  /** Hex SHA-256. */
  readonly digest: (text: string) => string;
};

export type Outcome = readonly EngagementEvent[] | Refusal;

/** The name under which the answer to a command gives the id of what it made. */
export type MadeId =
  | 'engagementId'
  | 'goalId'
  | 'milestoneId'
  | 'actionId'
  | 'resourceId'
  | 'barrierId'
  | 'strategyId'
  | 'checkInId'
  | 'celebrationId'
  | 'setbackId'
  | 'noteId';

/** Everything there is to say about one command. */
export type CommandRule<C> = {
  readonly by: readonly Sender[];
  /** The phases, beside an active engagement, in which the command is possible. */
  readonly possible: readonly ('before-start' | 'while-paused')[] | PhaseRule<C>;
  /** Whether it would alter a commitment, so that it is refused once the plan is agreed (rule 10). */
  readonly altersPlan: boolean | ((command: C, context: Context) => boolean);
  /** The thing that the command's path names; without it the command is not found. */
  readonly subject?: (command: C) => { readonly kind: keyof Things; readonly id: Id };
  /** The name of the id that it makes, which the caller may choose. */
  readonly makes?: MadeId;
  /** The events that the command names. */
  readonly references?: (command: C) => readonly Id[];
  /** A refusal with `forbidden` that depends on more than `by`. */
  readonly forbids?: (state: Engagement, command: C, context: Context) => Refusal | undefined;
  readonly decide: (state: Engagement, command: C, context: Context) => Outcome;
};

type PhaseRule<C> = (command: C, context: Context) => readonly ('before-start' | 'while-paused' | 'after-end')[];
