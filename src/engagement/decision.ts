import type { Engagement, Things } from './engagement';
import type { EngagementEvent, PastEngagementEvent } from './events';
import type { PlanChangeOp } from './plan-changes';
import type { Refusal } from './refusal';
import type { Id, Instant, IsoDate, PartyName, Role } from './values';

export { isRefusal, refuse, type Refusal, type RefusalCode, type RuleNumber } from './refusal';

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
  /** Who sends the command, and in which role (`actingRole`). */
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

/** The phases of an engagement in which not everything is possible (rule 7). */
export type RestrictedPhase = 'before-start' | 'while-paused' | 'after-end';

/** Everything there is to say about one command. `State` is wider only for the command that makes the engagement. */
export type CommandRule<Data, State = Engagement> = {
  readonly by: readonly Sender[];
  /** The phases, beside an active engagement, in which the command is possible. */
  readonly possible:
    readonly RestrictedPhase[] | ((state: Engagement, data: Data, context: Context) => readonly RestrictedPhase[]);
  /** The change of the plan to use once the plan is agreed, for a command that alters a commitment (rule 10). */
  readonly altersPlan: PlanChangeOp | null | ((data: Data, context: Context) => PlanChangeOp | null);
  /** The thing that the command's path names; without it the command is not found. */
  readonly subject?: (data: Data) => { readonly kind: keyof Things; readonly id: Id };
  /** The name of the id that it makes, which the caller may choose. */
  readonly makes?: MadeId;
  /** The events that the command names. */
  readonly references?: (data: Data) => readonly Id[];
  /** A refusal with `forbidden` that depends on more than `by`; asked before `by`, whatever the sender's role. */
  readonly forbids?: (state: State, data: Data, context: Context) => Refusal | undefined;
  readonly decide: (state: State, data: Data, context: Context) => Outcome;
};
