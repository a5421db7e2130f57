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

export function isRefusal(outcome: object | string): outcome is Refusal {
  return typeof outcome === 'object' && 'refused' in outcome;
}
