import { barriers as barriersTable } from '../../../projections/barriers/table';
import { checkIns as checkInsTable } from '../../../projections/check-ins/table';
import { allocations, resources as resourcesTable } from '../../../projections/resources/tables';
import type { Allocation } from '../../engagement/engagement';
import type { Id } from '../../engagement/values';
import { type EngagementModel, touchedThings } from '../fold';

export const checkIns: EngagementModel = {
  name: 'check-ins',
  scope: 'engagementId',
  tables: [checkInsTable],
  begin: (book) => ({
    take: (step) => {
      for (const checkIn of touchedThings(step, 'checkIns')) book.put(checkInsTable, step.event, checkIn);
    },
  }),
};

export const barriers: EngagementModel = {
  name: 'barriers',
  scope: 'engagementId',
  tables: [barriersTable],
  begin: (book) => ({
    take: (step) => {
      for (const { openStretches, ...barrier } of touchedThings(step, 'barriers')) {
        const openFrom = openStretches.map(({ from }) => from);
        const openTo = openStretches.flatMap(({ to }) => (to === null ? [] : [to]));
        book.put(barriersTable, step.event, { ...barrier, openFrom, openTo });
      }
    },
  }),
};

export const resources: EngagementModel = {
  name: 'resources',
  scope: 'engagementId',
  tables: [resourcesTable, allocations],
  begin: (book) => {
    /** The state does not say which event made an allocation; that it is the same object says that it is the same. */
    const made = new Map<Allocation, Id>();
    return {
      take: (step) => {
        const { event, before } = step;
        for (const resource of touchedThings(step, 'resources')) {
          const { resourceId, allocated } = resource;
          book.put(resourcesTable, event, resource);
          for (const allocation of allocated) {
            if (made.has(allocation)) continue;
            made.set(allocation, event.eventId);
            book.put(allocations, event, { ...allocation, allocationId: event.eventId, resourceId });
          }
          for (const allocation of before?.resources[resourceId]?.allocated ?? []) {
            const allocationId = made.get(allocation);
            if (allocationId === undefined || allocated.includes(allocation)) continue;
            made.delete(allocation);
            book.remove(allocations, { allocationId });
          }
        }
      },
    };
  },
};
