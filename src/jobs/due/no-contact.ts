import { noContact } from '../../engagement/measures/health-contact';
import { coachAlone, type DueKind } from './due-kind';

/** Nobody was seen for the number of weeks that the tenant sets, and nothing is scheduled. */
export const noContactForWeeks: DueKind = {
  rule: 'no-contact',
  to: coachAlone,
  find: (engagement, { today, settings }) =>
    engagement.phase.status === 'active'
      ? noContact(engagement, today, settings).map(({ since }) => ({
          about: null,
          on: since,
          title: null,
          owner: null,
        }))
      : [],
};
