import { addDays } from '../../engagement/calendar';
import { both, type DueKind } from './due-kind';

const DAYS = 14;

/** The engagement ends in two weeks: time to complete, to extend, or to look back together. */
export const endingSoon: DueKind = {
  rule: 'ending-soon',
  to: both,
  find: ({ phase, endsOn }, { today }) =>
    phase.status === 'active' && endsOn >= today && endsOn <= addDays(today, DAYS)
      ? [{ about: null, on: endsOn, title: null, owner: null }]
      : [],
};
