import { addDays, dayOf } from '../../engagement/calendar';
import { both, type DueKind } from './due-kind';

const DAYS = 7;

/** A week after the start there is no plan that both agreed. */
export const planNotAgreed: DueKind = {
  rule: 'plan-not-agreed',
  to: both,
  find: ({ phase, plan }, { today, settings }) => {
    if (phase.status !== 'active' || phase.startedAt === null || plan.revision > 0) return [];
    const startedOn = dayOf(phase.startedAt, settings.timeZone);
    return addDays(startedOn, DAYS) <= today ? [{ about: null, on: startedOn, title: null, owner: null }] : [];
  },
};
