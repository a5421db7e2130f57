import { attainmentByRater } from '../../engagement/measures/attainment';
import { foldFacts } from '../../engagement/measures/facts';
import type { PastEngagementEvent } from '../../engagement/events';
import { careerSeason } from './career-season';
import { calendarOf } from './career-season/people';
import { eventOf, type Step, withEventIds } from './story';
import { walkTheDog } from './walk-the-dog';

/** The observations of a story as events, with the goal and the engagement they need. */
function asEvents(steps: readonly Step[]): PastEngagementEvent[] {
  return steps.flatMap(({ at, path, body, key }) => {
    const occurrence = { eventId: key, occurredAt: at, occurredOn: at.slice(0, 10) };
    const goalId = /goals\/([^/]+)\/attainment$/.exec(path)?.[1];
    const event =
      path === '/engagements'
        ? { type: 'EngagementProposed', data: { sponsorId: null, checkInEveryDays: null, ...body } }
        : path.endsWith('/goals')
          ? { type: 'GoalSet', data: { measure: null, weight: 1, rank: null, datesOverrideReason: null, ...body } }
          : goalId !== undefined
            ? { type: 'GoalAttainmentScored', data: { goalId, corrects: null, ...body } }
            : null;
    return event ? [{ ...event, ...occurrence } as unknown as PastEngagementEvent] : [];
  });
}

describe('the published case', () => {
  const facts = foldFacts(asEvents(walkTheDog().steps))!;

  it('takes the client’s T from 40 to 60 and leaves the coach’s at 40', () => {
    expect(attainmentByRater(facts, '2024-05-10')).toEqual([
      { rater: 'client', goals: 1, baseline: 40, now: 60, change: 20 },
      { rater: 'coach', goals: 1, baseline: 40, now: 40, change: 0 },
    ]);
  });

  it('has 37 days between the client’s scores', () => {
    const days = facts.observations.filter(({ rater }) => rater === 'client').map(({ observedOn }) => observedOn);
    expect(days).toEqual(['2024-04-03', '2024-05-10']);
  });
});

describe.each(['2026-11-25', '2026-11-23', '2026-11-29'])('the career season up to %s', (today) => {
  const { steps } = careerSeason(today);

  it('is over before that day, and told in the order of time', () => {
    const times = steps.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(times.at(-1)! < today).toBe(true);
  });

  it('gives every step a key of its own, and names only events of earlier steps', () => {
    const seen = new Set<string>();
    for (const { body, key } of steps) {
      withEventIds(body, (earlier) => {
        expect(seen).toContain(earlier);
        return earlier;
      });
      expect(seen).not.toContain(key);
      seen.add(key);
    }
  });
});

describe('telling a story', () => {
  it('counts weeks from the last one that is over', () => {
    expect(calendarOf('2026-11-25').day(0, 'Fri')).toBe('2026-11-20');
    expect(calendarOf('2026-11-23').day(0, 'Fri')).toBe('2026-11-20');
    expect(calendarOf('2026-11-22').day(0, 'Fri')).toBe('2026-11-13');
    expect(calendarOf('2026-11-25').at(-1, 'Mon', '08:30')).toBe('2026-11-09T08:30:00.000Z');
  });

  it('puts the ids of events where a body names their steps', () => {
    const body = { triggeredBy: [eventOf('a'), 'b'], deep: { one: eventOf('c') }, number: 1, none: null };
    expect(withEventIds(body, (key) => `id of ${key}`)).toEqual({
      triggeredBy: ['id of a', 'b'],
      deep: { one: 'id of c' },
      number: 1,
      none: null,
    });
  });
});
