import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { beforeOpening, inTheFuture } from './checks/dates';
import { mustBe } from './checks/states';

/** Says that a barrier is overcome, how, and since which day. */
export type ResolveBarrier = EngagementEventData['BarrierResolved'];

export const resolveBarrier: CommandRule<ResolveBarrier> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  subject: ({ barrierId }) => ({ kind: 'barriers', id: barrierId }),
  decide: (state, data, context) => {
    const barrier = state.barriers[data.barrierId];
    return (
      mustBe('barrier', barrier?.state, ['open'], 'resolved') ??
      inTheFuture(data.resolvedOn, context, 'resolvedOn') ??
      beforeOpening(barrier, data.resolvedOn) ?? [{ type: 'BarrierResolved', data }]
    );
  },
};
