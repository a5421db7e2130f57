import { type CommandRule, type Context, refuse, type Refusal } from '../decision';
import type { Engagement } from '../engagement';
import type { Id, IsoDate, PartyName, ReasonCode } from '../values';
import { applyInOrder } from './adaptation/apply';
import type { PlanChangeInput } from './adaptation/input';
import { refusalOfResult } from './adaptation/result';
import { inTheFuture } from './checks/dates';
import { firstRefusal } from './checks/references';
import { isRefusal } from '../refusal';

/** Changes the agreed plan, for a reason, as client and coach agreed: all changes in order, or none. */
export type AdaptPlan = {
  /** The revision that the changes start from. */
  readonly baseRevision: number;
  readonly reasonCode: ReasonCode;
  readonly reasonText: string;
  /** Events of the engagement; null when nothing in the record triggered it. */
  readonly triggeredBy: readonly Id[] | null;
  /** Never empty. */
  readonly changes: readonly PlanChangeInput[];
  readonly agreedBy: readonly PartyName[];
  readonly sponsorInformed: boolean;
  readonly effectiveOn: IsoDate;
};

export const adaptPlan: CommandRule<AdaptPlan> = {
  by: ['client', 'coach'],
  possible: (_state, data) => (isCorrection(data) ? ['while-paused'] : []),
  altersPlan: null,
  references: ({ triggeredBy }) => triggeredBy ?? [],
  forbids: (_state, _data, { actor }) =>
    actor.role === 'sponsor'
      ? refuse('forbidden', 'A sponsor never adapts the plan: propose a goal, or ask the client and the coach.', {
          rule: 2,
        })
      : undefined,
  decide: (state, data, context) => {
    const refusal =
      notAgreed(state) ??
      stale(state, data.baseRevision) ??
      unknownTrigger(data, context) ??
      inTheFuture(data.effectiveOn, context, 'effectiveOn') ??
      beforePrevious(state, data.effectiveOn);
    if (refusal) return refusal;
    const applied = applyInOrder(state, data.changes, data.effectiveOn);
    if (isRefusal(applied)) return applied;
    const revision = state.plan.revision + 1;
    const { changes } = applied;
    const triggeredBy = data.triggeredBy ?? [];
    return (
      refusalOfResult(applied.state, changes, context.settings.activeGoalCap) ?? [
        { type: 'PlanAdapted', data: { ...data, revision, triggeredBy, changes } },
      ]
    );
  },
};

/** A correction of the record that adds nothing to the plan; it stays possible while the engagement is paused. */
function isCorrection({ reasonCode, changes }: AdaptPlan): boolean {
  return reasonCode === 'data-correction' && !changes.some(({ op }) => op.endsWith('-added'));
}

function notAgreed({ plan }: Engagement): Refusal | undefined {
  if (plan.revision > 0) return undefined;
  const detail = 'The plan is not agreed yet: change it freely, then agree it (POST …/plan/agreement).';
  return refuse('plan-not-agreed', detail);
}

function stale({ plan }: Engagement, baseRevision: number): Refusal | undefined {
  if (plan.revision === baseRevision) return undefined;
  const detail =
    `The plan is at revision ${plan.revision}, not ${baseRevision}: ` +
    'read it again and base the adaptation on what it says now.';
  return refuse('plan-revision-stale', detail, { path: 'baseRevision' });
}

function unknownTrigger({ triggeredBy }: AdaptPlan, { referenced }: Context): Refusal | undefined {
  return firstRefusal(triggeredBy ?? [], (id, index) => {
    if (referenced.has(id)) return undefined;
    const detail = `${id} is no event of this engagement: give the eventId of one, or leave it out.`;
    return refuse('unknown-reference', detail, { path: `triggeredBy[${index}]` });
  });
}

function beforePrevious({ plan }: Engagement, effectiveOn: IsoDate): Refusal | undefined {
  if (plan.effectiveOn === null || effectiveOn >= plan.effectiveOn) return undefined;
  const detail = `The previous revision holds from ${plan.effectiveOn}: give an effectiveOn that is not before it.`;
  return refuse('dates-out-of-order', detail, { path: 'effectiveOn' });
}
