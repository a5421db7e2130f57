import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Takes an action out of the plan. */
export type DropAction = EngagementEventData['ActionDropped'];

export const dropAction: CommandRule<DropAction> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: 'action-dropped',
  subject: ({ actionId }) => ({ kind: 'actions', id: actionId }),
  decide: (state, data) =>
    mustBe('action', state.actions[data.actionId]?.state, ['open'], 'dropped') ?? [{ type: 'ActionDropped', data }],
};
