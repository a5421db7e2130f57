import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { beforeResolution } from './checks/dates';
import { mustBe } from './checks/states';

/** Says that a barrier that was overcome is back; it stays one barrier. */
export type ReopenBarrier = EngagementEventData['BarrierReopened'];

export const reopenBarrier: CommandRule<ReopenBarrier> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  subject: ({ barrierId }) => ({ kind: 'barriers', id: barrierId }),
  decide: (state, data, context) => {
    const barrier = state.barriers[data.barrierId];
    return (
      mustBe('barrier', barrier?.state, ['resolved'], 'reopened') ??
      beforeResolution(barrier, context) ?? [{ type: 'BarrierReopened', data }]
    );
  },
};
