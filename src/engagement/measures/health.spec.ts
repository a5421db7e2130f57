import { and, at, id, type Past } from '../../../test/support/engagement/scenario';
import { agreed, goalSet, ids, milestonePlanned } from '../../../test/support/engagement/samples';
import { addDays, daysBetween } from '../calendar';
import type { EngagementEvent } from '../events';
import type { Id, Instant, IsoDate } from '../values';
import { foldFacts, type Facts } from './facts';
import { healthOf, type HealthMeasure } from './health';

const on = (day: IsoDate): Instant => `${day}T09:00:00.000Z`;
const happened = (day: IsoDate, event: EngagementEvent) => at(on(day), event);
const settings = { timeZone: 'UTC', noContactWeeks: 3 };

const started = and(agreed, happened('2026-01-05', { type: 'EngagementStarted', data: {} }));
const scheduled = (day: IsoDate, checkInId: Id = ids.checkIn): EngagementEvent => ({
  type: 'CheckInScheduled',
  data: { checkInId, scheduledFor: on(day) },
});
const held = (day: IsoDate): EngagementEvent => ({
  type: 'CheckInHeld',
  data: { checkInId: ids.checkIn, heldAt: on(day), summary: 'went well', confidence: null },
});
/** Contact is far ahead, so that only the rule in question fires. */
const inContact = and(started, happened('2026-01-05', scheduled('2030-01-01', id(0x99))));

const factsOf = (past: Past): Facts => foldFacts(past.events)!;
const health = (past: Past, asOf: IsoDate): HealthMeasure => healthOf(factsOf(past), asOf, settings);

/** What fired on the day, having made sure that it fires on every day since its first one and not the day before. */
function fired(past: Past, asOf: IsoDate): readonly string[] {
  return health(past, asOf).rules.map(({ rule, level, about, since }) => {
    const isTrueOn = (day: IsoDate) => health(past, day).rules.some((one) => one.rule === rule && one.about === about);
    const days = Array.from({ length: daysBetween(since, asOf) + 1 }, (_, n) => addDays(since, n));
    expect({ rule, since, not: days.filter((day) => !isTrueOn(day)), before: isTrueOn(addDays(since, -1)) }).toEqual({
      rule,
      since,
      not: [],
      before: false,
    });
    return `${rule} ${level} ${since}`;
  });
}

describe('no-contact', () => {
  it('fires three weeks after the start, and after the last check-in', () => {
    expect(health(started, '2026-01-25')).toEqual({ level: 'on-track', rules: [] });
    expect(fired(started, '2026-01-26')).toEqual(['no-contact attention 2026-01-26']);
    const met = and(started, scheduled('2026-01-20'), held('2026-01-20'));
    expect(fired(met, '2026-02-09')).toEqual([]);
    expect(fired(met, '2026-02-20')).toEqual(['no-contact attention 2026-02-10']);
  });

  it('does not fire while a check-in lies ahead', () => {
    const ahead = and(started, scheduled('2026-03-01'));
    expect(fired(ahead, '2026-03-01')).toEqual([]);
    expect(fired(ahead, '2026-03-05')).toEqual(['no-contact attention 2026-03-02']);
  });

  it('fires from the day on which a check-in was missed', () => {
    const missed: EngagementEvent = {
      type: 'CheckInMissed',
      data: { checkInId: ids.checkIn, by: 'client', reason: null },
    };
    const late = and(started, scheduled('2026-03-01'), happened('2026-03-03', missed));
    expect(fired(late, '2026-03-05')).toEqual(['no-contact attention 2026-03-02']);
    const early = and(started, scheduled('2026-03-01'), happened('2026-02-20', missed));
    expect(fired(early, '2026-03-05')).toEqual(['no-contact attention 2026-02-20']);
  });

  it('asks for as many weeks as is set', () => {
    const weeks = { ...settings, noContactWeeks: 1 };
    expect(healthOf(factsOf(started), '2026-01-12', weeks).rules).toMatchObject([{ since: '2026-01-12' }]);
  });

  it('places check-ins on their days in the time zone', () => {
    const auckland = { ...settings, timeZone: 'Pacific/Auckland' };
    const lateInTheDay = and(
      started,
      at('2026-01-20T13:00:00.000Z', {
        type: 'CheckInScheduled',
        data: { checkInId: ids.checkIn, scheduledFor: '2026-01-31T13:00:00.000Z' },
      }),
    );
    expect(healthOf(factsOf(lateInTheDay), '2026-02-01', auckland).rules).toEqual([]);
    expect(healthOf(factsOf(lateInTheDay), '2026-02-01', settings).rules).toHaveLength(1);
  });

  it('rests while the engagement is paused and starts anew when it is resumed', () => {
    const paused = and(started, happened('2026-02-01', { type: 'EngagementPaused', data: { reason: 'leave' } }));
    expect(fired(paused, '2026-03-01')).toEqual([]);
    const resumed = and(paused, happened('2026-03-01', { type: 'EngagementResumed', data: {} }));
    expect(fired(resumed, '2026-03-05')).toEqual(['no-contact attention 2026-03-01']);
  });
});

describe('behind', () => {
  /** A goal of 100 days, from 1 February, with ten milestones that are due on its last day. */
  const dueOn = addDays('2026-02-01', 100);
  const goal = happened('2026-01-20', goalSet({ dueOn }));
  const tenth = (n: number): Id => id(0x200 + n);
  const ten = Array.from({ length: 10 }, (_, n) =>
    milestonePlanned({ milestoneId: tenth(n), order: n + 1, dueOn, title: `Step ${n}` }),
  );
  const plan = and(inContact, goal, ...ten);
  const reached = (n: number, reachedOn: IsoDate): EngagementEvent => ({
    type: 'MilestoneReached',
    data: { milestoneId: tenth(n), reachedOn, evidence: null },
  });
  const day = (n: number): IsoDate => addDays('2026-02-01', n);

  it('weighs the share of time against the share done: day 40 of 100', () => {
    const one = and(plan, reached(0, day(0)));
    expect(fired(one, day(40))).toEqual([`behind at-risk ${day(11)}`]);
    const three = and(one, reached(1, day(5)), reached(2, day(5)));
    expect(fired(three, day(40))).toEqual([`behind attention ${day(31)}`]);
    const four = and(three, reached(3, day(39)));
    expect(health(four, day(40))).toEqual({ level: 'on-track', rules: [] });
    expect(fired(and(plan, reached(0, day(1)), reached(1, day(2))), day(40))).toEqual([`behind attention ${day(21)}`]);
  });

  it('goes back to the first day of the unbroken stretch', () => {
    const neverCaughtUp = and(plan, reached(0, day(15)), reached(1, day(30)));
    expect(fired(neverCaughtUp, day(40))).toEqual([`behind attention ${day(1)}`]);
    const threeAtOnceTooLate = and(plan, ...[0, 1, 2].map((n) => reached(n, day(35))));
    expect(fired(threeAtOnceTooLate, day(40))).toEqual([`behind attention ${day(1)}`]);
    const caughtUp = and(plan, reached(0, day(15)), reached(1, day(15)), reached(2, day(30)));
    expect(fired(caughtUp, day(40))).toEqual([`behind attention ${day(31)}`]);
    const againAtOnce = and(plan, ...[0, 1, 2].map((n) => reached(n, day(25))));
    expect(fired(againAtOnce, day(31))).toEqual([`behind attention ${day(31)}`]);
  });

  it('never fires without milestones, on hold, or when all is done; and goes on after the due date', () => {
    expect(fired(and(inContact, goal), day(90))).toEqual([]);
    expect(fired(and(plan, { type: 'GoalPutOnHold', data: { goalId: ids.goal, reason: 'x' } }), day(90))).toEqual([]);
    const nine = and(plan, ...ten.slice(1).map((_, n) => reached(n, day(1))));
    expect(fired(nine, day(100))).toEqual([`behind attention ${day(91)}`]);
    expect(fired(nine, day(101))).toEqual([`behind attention ${day(91)}`, `overdue attention ${day(101)}`]);
    expect(health(and(nine, reached(9, day(2))), day(101)).level).toBe('on-track');
  });

  it('fires from the day on which the goal became active', () => {
    const resumed = and(
      plan,
      { type: 'GoalPutOnHold', data: { goalId: ids.goal, reason: 'x' } },
      happened(day(50), { type: 'GoalResumed', data: { goalId: ids.goal } }),
    );
    expect(fired(resumed, day(60))).toEqual([`behind at-risk ${day(50)}`]);
  });

  it('does not count a dropped milestone', () => {
    const drops = ten.slice(2).map((_, n): EngagementEvent => ({
      type: 'MilestoneDropped',
      data: { milestoneId: tenth(n + 2), reason: null },
    }));
    expect(health(and(plan, ...drops, reached(0, day(3))), day(40)).rules).toEqual([]);
  });
});

describe('overdue and slipping', () => {
  const plan = and(
    inContact,
    happened('2026-01-20', goalSet({ dueOn: '2026-12-01' })),
    milestonePlanned({ dueOn: '2026-02-10' }),
    happened('2026-01-20', {
      type: 'PlanAgreed',
      data: { revision: 1, agreedBy: ['client', 'coach'], effectiveOn: '2026-01-20' },
    }),
  );
  const dates = (past: Past, asOf: IsoDate) => fired(past, asOf).filter((one) => !one.startsWith('behind'));
  const redated = and(plan, {
    type: 'PlanAdapted',
    data: {
      revision: 2,
      baseRevision: 1,
      reasonCode: 'circumstances',
      reasonText: 'moved',
      triggeredBy: [],
      changes: [{ op: 'milestone-redated', milestoneId: ids.milestone, from: '2026-02-10', to: '2026-03-30' }],
      agreedBy: ['client', 'coach'],
      sponsorInformed: false,
      effectiveOn: '2026-02-09',
    },
  });

  it('fire the day after the current date, and 15 days after the agreed one', () => {
    expect(dates(plan, '2026-02-10')).toEqual([]);
    expect(dates(plan, '2026-02-11')).toEqual(['overdue attention 2026-02-11']);
    expect(dates(plan, '2026-02-24')).toEqual(['overdue attention 2026-02-11']);
    expect(dates(plan, '2026-02-25')).toEqual(['overdue attention 2026-02-11', 'slipping attention 2026-02-25']);
  });

  it('a new date ends being overdue and hides no slip', () => {
    expect(dates(redated, '2026-03-01')).toEqual(['slipping attention 2026-02-25']);
  });

  it('end when the milestone is reached, and go on when it was missed', () => {
    const missed: EngagementEvent = { type: 'MilestoneMissed', data: { milestoneId: ids.milestone, reason: null } };
    expect(dates(and(plan, missed), '2026-02-12')).toEqual(['overdue attention 2026-02-11']);
    const reached: EngagementEvent = {
      type: 'MilestoneReached',
      data: { milestoneId: ids.milestone, reachedOn: '2026-03-20', evidence: null },
    };
    expect(dates(and(plan, reached), '2026-04-01')).toEqual([]);
  });
});

describe('blocked', () => {
  const identified = (severity: number): EngagementEvent => ({
    type: 'BarrierIdentified',
    data: { barrierId: ids.barrier, category: 'internal', description: 'afraid', severity, affects: [] },
  });
  const resolved = (resolvedOn: IsoDate): EngagementEvent => ({
    type: 'BarrierResolved',
    data: { barrierId: ids.barrier, outcome: 'spoke', resolvedOn },
  });
  const reopened: EngagementEvent = { type: 'BarrierReopened', data: { barrierId: ids.barrier, reason: 'again' } };
  const severe = and(inContact, happened('2026-02-01', identified(4)));

  it('fires after more than 14 days, for severity 4 and 5', () => {
    expect(fired(severe, '2026-02-15')).toEqual([]);
    expect(fired(severe, '2026-02-16')).toEqual(['blocked at-risk 2026-02-16']);
    expect(health(severe, '2026-02-16').level).toBe('at-risk');
    expect(fired(and(inContact, happened('2026-02-01', identified(3))), '2026-06-01')).toEqual([]);
  });

  it('counts all the days it was open, since it was last reopened', () => {
    const again = and(severe, happened('2026-02-11', resolved('2026-02-11')), happened('2026-03-01', reopened));
    expect(fired(again, '2026-03-20')).toEqual(['blocked at-risk 2026-03-06']);
    const long = and(severe, happened('2026-02-25', resolved('2026-02-25')), happened('2026-03-01', reopened));
    expect(fired(long, '2026-03-20')).toEqual(['blocked at-risk 2026-03-01']);
    expect(fired(and(severe, resolved('2026-03-01')), '2026-03-20')).toEqual([]);
  });
});

describe('health', () => {
  it('is silent before the start and after the end', () => {
    expect(health(agreed, '2026-12-01')).toEqual({ level: 'on-track', rules: [] });
    const ended = and(started, happened('2026-02-01', { type: 'EngagementCompleted', data: { summary: 'done' } }));
    expect(health(ended, '2026-12-01')).toEqual({ level: 'on-track', rules: [] });
  });
});
