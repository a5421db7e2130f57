import type { BarrierCategory, Id, IsoDate } from '../../src/engagement/values';
import { defineTable } from '../engine/table';

export type BarrierRow = {
  readonly barrierId: Id;
  readonly category: BarrierCategory;
  readonly description: string;
  readonly severity: number;
  readonly affects: readonly Id[];
  readonly state: 'open' | 'resolved';
  /** The first days of the stretches in which it was open, and the days they ended: one fewer while it is open. */
  readonly openFrom: readonly IsoDate[];
  readonly openTo: readonly IsoDate[];
  readonly strategies: readonly { readonly strategyId: Id; readonly description: string }[];
};

export const barriers = defineTable<BarrierRow>({
  name: 'read_model.barriers',
  scope: 'engagementId',
  key: ['barrierId'],
  columns: {
    barrierId: 'uuid',
    category: 'text',
    description: 'text',
    severity: 'integer',
    affects: 'jsonb',
    state: 'text',
    openFrom: 'jsonb',
    openTo: 'jsonb',
    strategies: 'jsonb',
  },
});
