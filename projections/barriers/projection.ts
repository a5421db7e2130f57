import type { Projection } from '../engine/projection';
import { change, put } from '../engine/row-change';
import { barriers } from './table';

export const barriersProjection: Projection = {
  name: 'barriers',
  version: 1,
  tables: [barriers],
  on: {
    BarrierIdentified: ({ data, occurredOn }) => [
      put(barriers, { ...data, state: 'open', openFrom: [occurredOn], openTo: [], strategies: [] }),
    ],
    BarrierStrategyAgreed: ({ data: { barrierId, strategyId, description } }) => [
      change(barriers, { barrierId }, { append: { strategies: { strategyId, description } } }),
    ],
    BarrierResolved: ({ data: { barrierId, resolvedOn } }) => [
      change(barriers, { barrierId, state: 'open' }, { set: { state: 'resolved' }, append: { openTo: resolvedOn } }),
    ],
    BarrierReopened: ({ data: { barrierId }, occurredOn }) => [
      change(barriers, { barrierId, state: 'resolved' }, { set: { state: 'open' }, append: { openFrom: occurredOn } }),
    ],
  },
};
