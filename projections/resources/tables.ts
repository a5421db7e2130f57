import type { Id, Money, ResourceKind } from '../../src/engagement/values';
import { defineTable } from '../engine/table';

export type ResourceRow = {
  readonly resourceId: Id;
  readonly kind: ResourceKind;
  readonly description: string;
  readonly budget: Money | null;
  readonly state: 'identified' | 'allocated' | 'released';
};

export const resources = defineTable<ResourceRow>({
  name: 'read_model.resources',
  scope: 'engagementId',
  key: ['resourceId'],
  columns: { resourceId: 'uuid', kind: 'text', description: 'text', budget: 'jsonb', state: 'text' },
});

/** What a resource is allocated to, until it is released. */
export type AllocationRow = {
  /** The id of the event that allocated it. */
  readonly allocationId: Id;
  readonly resourceId: Id;
  readonly to: Id;
  readonly amount: Money | null;
};

export const allocations = defineTable<AllocationRow>({
  name: 'read_model.allocations',
  scope: 'engagementId',
  key: ['allocationId'],
  columns: { allocationId: 'uuid', resourceId: 'uuid', to: 'uuid', amount: 'jsonb' },
});
