import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { inTheFuture } from './checks/dates';
import { mustBe } from './checks/states';

/** Says that an action was done, and on which day. */
export type CompleteAction = EngagementEventData['ActionCompleted'];

export const completeAction: CommandRule<CompleteAction> = {
  by: ['client', 'coach'],
  possible: ['while-paused'],
  altersPlan: null,
  subject: ({ actionId }) => ({ kind: 'actions', id: actionId }),
  decide: (state, data, context) =>
    mustBe('action', state.actions[data.actionId]?.state, ['open'], 'completed') ??
    inTheFuture(data.completedOn, context, 'completedOn') ?? [{ type: 'ActionCompleted', data }],
};
