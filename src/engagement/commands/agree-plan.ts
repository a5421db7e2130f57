import { type CommandRule, refuse, type Refusal } from '../decision';
import type { Engagement } from '../engagement';
import type { PartyName } from '../values';

/** Client and coach agree the plan as it stands: revision 1, whose dates are the baseline for good. */
export type AgreePlan = { readonly agreedBy: readonly PartyName[] };

export const agreePlan: CommandRule<AgreePlan> = {
  by: ['client', 'coach'],
  possible: [],
  altersPlan: null,
  decide: (state, { agreedBy }, { occurredOn }) =>
    agreedAlready(state) ??
    empty(state) ?? [{ type: 'PlanAgreed', data: { revision: 1, agreedBy, effectiveOn: occurredOn } }],
};

function agreedAlready({ plan }: Engagement): Refusal | undefined {
  if (plan.revision === 0) return undefined;
  const detail = `The plan is agreed, at revision ${plan.revision}: change it with POST …/plan/adaptations.`;
  return refuse('wrong-state', detail);
}

function empty({ goals }: Engagement): Refusal | undefined {
  const inPlan = Object.values(goals).some((goal) => ['active', 'on-hold', 'completed'].includes(goal.lifecycle));
  return inPlan ? undefined : refuse('wrong-state', 'The plan is empty: set a goal first (POST …/goals).');
}
