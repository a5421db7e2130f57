import type { Projection } from '../engine/projection';
import { among, change, put, remove } from '../engine/row-change';
import { allocations, resources } from './tables';

/** Resources, and what each is allocated to now. */
export const resourcesProjection: Projection = {
  name: 'resources',
  version: 1,
  tables: [resources, allocations],
  on: {
    ResourceIdentified: ({ data }) => [put(resources, { ...data, state: 'identified' })],
    ResourceAllocated: ({ data, eventId }) => [
      put(allocations, { ...data, allocationId: eventId }),
      change(resources, { resourceId: data.resourceId }, { set: { state: 'allocated' } }),
    ],
    ResourceReleased: ({ data: { resourceId, to } }) => [
      remove(allocations, to === null ? { resourceId } : { resourceId, to }),
      change(resources, { resourceId }, { set: { state: 'released' } }),
      // Unless something of it is left.
      change(
        resources,
        { resourceId: among(allocations, { resourceId }, 'resourceId') },
        { set: { state: 'allocated' } },
      ),
    ],
    PlanAdapted: ({ data }) =>
      data.changes.flatMap((planned) =>
        planned.op === 'resource-changed'
          ? [change(resources, { resourceId: planned.resourceId }, { set: planned.to })]
          : [],
      ),
  },
};
