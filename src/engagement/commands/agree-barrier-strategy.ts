import type { CommandRule } from '../decision';
import type { EngagementEventData } from '../events';
import { mustBe } from './checks/states';

/** Says how an open barrier is to be overcome. */
export type AgreeBarrierStrategy = EngagementEventData['BarrierStrategyAgreed'];

export const agreeBarrierStrategy: CommandRule<AgreeBarrierStrategy> = {
  by: ['client', 'coach'],
  possible: ['before-start', 'while-paused'],
  altersPlan: null,
  subject: ({ barrierId }) => ({ kind: 'barriers', id: barrierId }),
  makes: 'strategyId',
  decide: (state, data) =>
    mustBe('barrier', state.barriers[data.barrierId]?.state, ['open'], 'given a strategy') ?? [
      { type: 'BarrierStrategyAgreed', data },
    ],
};
