import type { CommandRule, Refusal } from '../decision';
import type { Engagement } from '../engagement';
import type { EngagementEventData } from '../events';
import type { Id } from '../values';
import { fundingRefusal, withoutAmount } from './checks/funding';
import { unknown } from './checks/references';
import { notFound, wrongState } from './checks/states';

/** Gives a resource, or an amount of it, to a milestone or an action. Never more than its budget (rule 8). */
export type AllocateResource = EngagementEventData['ResourceAllocated'];

export const allocateResource: CommandRule<AllocateResource> = {
  by: ['client', 'coach'],
  possible: ['before-start'],
  altersPlan: null,
  subject: ({ resourceId }) => ({ kind: 'resources', id: resourceId }),
  decide: (state, data) => {
    const { resourceId, to, amount } = data;
    const resource = state.resources[resourceId];
    if (!resource) return notFound('resource');
    return (
      unknown(state, ['milestones', 'actions'], to, 'to') ??
      dropped(state, to) ??
      withoutAmount(resource, amount) ??
      fundingRefusal(resource.budget, [...resource.allocated, { to, amount }], 'amount') ?? [
        { type: 'ResourceAllocated', data },
      ]
    );
  },
};

function dropped(state: Engagement, to: Id): Refusal | undefined {
  if (state.milestones[to]?.state === 'dropped') return wrongState('milestone', 'dropped', 'given a resource', 'to');
  if (state.actions[to]?.state === 'dropped') return wrongState('action', 'dropped', 'given a resource', 'to');
  return undefined;
}
