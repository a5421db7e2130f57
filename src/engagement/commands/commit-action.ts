import type { CommandRule } from '../decision';
import type { ActionDetails } from '../values';
import { actionDates } from './checks/dates';
import { unknown } from './checks/references';
import { mustBe } from './checks/states';

/** Commits its owner to a step of a milestone. */
export type CommitAction = ActionDetails;

export const commitAction: CommandRule<CommitAction> = {
  by: ['client', 'coach'],
  possible: ['before-start'],
  altersPlan: 'action-added',
  makes: 'actionId',
  decide: (state, data) => {
    const milestone = state.milestones[data.milestoneId];
    return (
      unknown(state, ['milestones'], data.milestoneId, 'milestoneId') ??
      mustBe('milestone', milestone?.state, ['planned', 'missed'], 'given an action', 'milestoneId') ??
      (milestone && actionDates(data, milestone)) ?? [{ type: 'ActionCommitted', data }]
    );
  },
};
