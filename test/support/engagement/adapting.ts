import type { EngagementCommands, PlanChangeInput } from '../../../src/engagement/commands';
import { isRefusal, type Outcome } from '../../../src/engagement/decision';
import type { Engagement } from '../../../src/engagement/engagement';
import { commandSamples } from './command-samples';
import { withPlan } from './samples';
import { and, type Circumstances, when } from './scenario';

/** Asks for an adaptation with these changes, well-formed in all else. */
export function adapt(
  changes: readonly PlanChangeInput[],
  more: Partial<EngagementCommands['AdaptPlan']> = {},
  given = withPlan,
  circumstances: Circumstances = {},
): Outcome {
  return when(given, 'AdaptPlan', { ...commandSamples.AdaptPlan.data, changes, ...more }, circumstances);
}

/** The state after these changes were decided. */
export function adapted(changes: readonly PlanChangeInput[], given = withPlan): Engagement {
  const outcome = adapt(changes, {}, given);
  if (isRefusal(outcome)) throw new Error(outcome.detail);
  const { state } = and(given, ...outcome);
  if (!state) throw new Error('There is no engagement.');
  return state;
}
