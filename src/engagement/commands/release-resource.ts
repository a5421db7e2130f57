import { type CommandRule, refuse, type Refusal } from '../decision';
import type { Resource } from '../engagement';
import type { EngagementEventData } from '../events';
import type { Id } from '../values';
import { unknown } from './checks/references';
import { mustBe } from './checks/states';

/** Takes back all that was allocated of a resource, or what was allocated to one milestone or action. */
export type ReleaseResource = EngagementEventData['ResourceReleased'];

export const releaseResource: CommandRule<ReleaseResource> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  subject: ({ resourceId }) => ({ kind: 'resources', id: resourceId }),
  decide: (state, data) => {
    const resource = state.resources[data.resourceId];
    const { to } = data;
    return (
      (to === null ? undefined : unknown(state, ['milestones', 'actions'], to, 'to')) ??
      mustBe('resource', resource?.state, ['allocated'], 'released') ??
      notAllocatedTo(resource, to) ?? [{ type: 'ResourceReleased', data }]
    );
  },
};

function notAllocatedTo(resource: Resource | undefined, to: Id | null): Refusal | undefined {
  if (to === null || resource?.allocated.some((allocation) => allocation.to === to)) return undefined;
  return refuse('wrong-state', `Nothing of it is allocated to ${to}: leave to out to release all of it.`, {
    path: 'to',
  });
}
