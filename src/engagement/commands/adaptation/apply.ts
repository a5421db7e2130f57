import { isRefusal } from '../../decision';
import type { Engagement } from '../../engagement';
import { applyPlanChange } from '../../evolve-plan';
import type { PlanChange } from '../../plan-changes';
import type { Refusal } from '../../refusal';
import type { IsoDate } from '../../values';
import { checkChange } from './check-change';
import type { PlanChangeInput } from './input';

export type Applied = { readonly state: Engagement; readonly changes: readonly PlanChange[] };

/** Makes the changes one after the other, each checked against what those before it left. */
export function applyInOrder(
  state: Engagement,
  inputs: readonly PlanChangeInput[],
  effectiveOn: IsoDate,
): Applied | Refusal {
  let current = state;
  const changes: PlanChange[] = [];
  for (const [index, input] of inputs.entries()) {
    const change = checkChange(current, input, `changes[${index}]`);
    if (isRefusal(change)) return change;
    current = applyPlanChange(current, change, effectiveOn);
    changes.push(change);
  }
  return { state: current, changes };
}
