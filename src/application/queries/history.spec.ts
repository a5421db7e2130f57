import { and, at, type Past } from '../../../test/support/engagement/scenario';
import { active, goalSet, ids, milestonePlanned } from '../../../test/support/engagement/samples';
import type { EngagementEvent } from '../../engagement/events';
import type { PlanChange } from '../../engagement/plan-changes';
import type { Instant, IsoDate } from '../../engagement/values';
import { newsIn } from './brief-handler';
import { momentOf, momentOfRevision, type Recorded } from './history';

const now = '2026-04-01T09:00:00.000Z';
const present = { now, timeZone: 'UTC' };
const on = (day: IsoDate): Instant => `${day}T09:00:00.000Z`;
const agreed = (effectiveOn: IsoDate): EngagementEvent => ({
  type: 'PlanAgreed',
  data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn },
});
const adapted = (revision: number, effectiveOn: IsoDate, ...changes: PlanChange[]): EngagementEvent => ({
  type: 'PlanAdapted',
  data: {
    revision,
    baseRevision: revision - 1,
    reasonCode: 'circumstances',
    reasonText: 'moved',
    triggeredBy: [],
    changes,
    agreedBy: ['client', 'coach'],
    sponsorInformed: false,
    effectiveOn,
  },
});
const redated = (from: IsoDate, to: IsoDate): PlanChange => ({
  op: 'milestone-redated',
  milestoneId: ids.milestone,
  from,
  to,
});
const reached = (reachedOn: IsoDate): EngagementEvent => ({
  type: 'MilestoneReached',
  data: { milestoneId: ids.milestone, reachedOn, evidence: null },
});

/** Everything of the past was recorded on 6 January, what follows on the day it is given with. */
function recorded(past: Past, ...later: readonly [IsoDate, EngagementEvent & { occurredAt?: Instant }][]): Recorded[] {
  const all = and(past, ...later.map(([, event]) => event)).events;
  return all.map((event, index) => {
    const day = later[index - past.events.length]?.[0] ?? '2026-01-06';
    return { event, recordedAt: on(day), actorId: 'coach' };
  });
}

const prepared = and(active, at(on('2026-01-10'), goalSet()), at(on('2026-01-10'), milestonePlanned()));

describe('a moment of the past', () => {
  const history = recorded(
    prepared,
    ['2026-02-01', at(on('2026-02-01'), agreed('2026-02-01'))],
    ['2026-02-20', at(on('2026-02-20'), adapted(2, '2026-02-10', redated('2026-05-01', '2026-05-15')))],
    ['2026-03-10', at(on('2026-03-10'), reached('2026-03-01'))],
  );
  const milestoneAt = (asOf: IsoDate | null, knownAt: Instant | null) =>
    momentOf(history, { asOf, knownAt }, present)?.facts.engagement.milestones[ids.milestone];

  it('holds what belongs to the day, as it is known now', () => {
    expect(milestoneAt('2026-02-09', null)).toMatchObject({ dueOn: '2026-05-01', state: 'planned' });
    expect(milestoneAt('2026-02-10', null)).toMatchObject({ dueOn: '2026-05-15', state: 'planned' });
    expect(milestoneAt('2026-03-01', null)).toMatchObject({ state: 'reached' });
    expect(momentOf(history, { asOf: '2026-03-01', knownAt: null }, present)?.day).toBe('2026-03-01');
  });

  it('holds what was recorded up to the instant', () => {
    expect(milestoneAt(null, '2026-02-20T08:59:59.999Z')).toMatchObject({ dueOn: '2026-05-01' });
    expect(milestoneAt(null, '2026-02-20T10:00:00.000+01:00')).toMatchObject({ dueOn: '2026-05-15' });
    expect(momentOf(history, { asOf: null, knownAt: on('2026-02-20') }, present)?.day).toBe('2026-02-20');
    expect(momentOf(history, { asOf: null, knownAt: on('2030-01-01') }, present)?.day).toBe('2026-04-01');
  });

  it('holds what was then believed of the day', () => {
    expect(milestoneAt('2026-03-01', on('2026-03-09'))).toMatchObject({ state: 'planned' });
    expect(milestoneAt('2026-02-10', on('2026-02-19'))).toMatchObject({ dueOn: '2026-05-01' });
  });

  it('is not there before the engagement was proposed, or recorded', () => {
    expect(milestoneAt('2026-01-09', null)).toBeUndefined();
    expect(momentOf(history, { asOf: '2026-01-04', knownAt: null }, present)).toBeNull();
    expect(momentOf(history, { asOf: null, knownAt: '2026-01-06T08:59:59.999Z' }, present)).toBeNull();
    expect(momentOf([], { asOf: null, knownAt: null }, present)).toBeNull();
  });
});

describe('a revision of the plan', () => {
  const history = recorded(
    prepared,
    ['2026-02-01', agreed('2026-02-01')],
    ['2026-02-05', reached('2026-02-05')],
    ['2026-02-20', adapted(2, '2026-02-10', redated('2026-05-01', '2026-05-15'))],
    ['2026-03-01', goalSet({ goalId: ids.secondGoal })],
  );
  const revision = (number: number) => momentOfRevision(history, number, present);

  it('is the record up to and including the event that made it', () => {
    const first = revision(1);
    expect(first).toMatchObject({ day: '2026-02-01', facts: { engagement: { plan: { revision: 1 } } } });
    expect(first?.facts.engagement.milestones[ids.milestone]).toMatchObject({ state: 'planned', dueOn: '2026-05-01' });
    const second = revision(2);
    expect(second?.facts.engagement.milestones[ids.milestone]).toMatchObject({ state: 'reached', dueOn: '2026-05-15' });
    expect(Object.keys(second?.facts.engagement.goals ?? {})).toEqual([ids.goal]);
  });

  it('0 is just before the agreement, or now without one', () => {
    expect(revision(0)).toMatchObject({ day: '2026-02-01', facts: { engagement: { plan: { agreedAt: null } } } });
    const notAgreed = momentOfRevision(recorded(prepared), 0, present);
    expect(notAgreed).toMatchObject({ day: '2026-04-01', facts: { engagement: { plan: { revision: 0 } } } });
  });

  it('is not there when the plan has none of that number', () => {
    expect(revision(3)).toBeNull();
    expect(momentOfRevision(recorded(prepared), 1, present)).toBeNull();
  });
});

describe('what is new', () => {
  const held: EngagementEvent = {
    type: 'CheckInHeld',
    data: { checkInId: ids.checkIn, heldAt: on('2026-02-01'), summary: 'x', confidence: null },
  };
  const history = recorded(
    prepared,
    ['2026-02-01', held],
    ['2026-02-01', agreed('2026-02-01')],
    ['2026-03-01', goalSet()],
  );
  const types = (news: readonly Recorded[]) => news.map(({ event }) => event.type);

  it('comes after the last check-in that was held, even in the same instant', () => {
    const { since, news } = newsIn(history, null, now);
    expect(since).toBe(on('2026-02-01'));
    expect(types(news)).toEqual(['PlanAgreed', 'GoalSet']);
  });

  it('comes after the instant that is asked for', () => {
    expect(types(newsIn(history, on('2026-02-01'), now).news)).toEqual(['GoalSet']);
  });

  it('is everything before the first check-in', () => {
    const all = recorded(prepared);
    expect(newsIn(all, null, now)).toEqual({ since: on('2026-01-06'), news: all });
  });
});
