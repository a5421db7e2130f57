import { createHash } from 'node:crypto';
import { toPastEngagementEvent } from '../../application/past-event';
import type { Engagement } from '../../engagement/engagement';
import type { PastEngagementEvent } from '../../engagement/events';
import { evolve } from '../../engagement/evolve';
import { type EngagementStream, type FirmPlan, liveEngagements, peopleOf, registerPeople } from './generate';
import { sliceByMonth } from './slices';

const plan: FirmPlan = {
  tenantId: 'demo',
  timeZone: 'UTC',
  activeGoalCap: 3,
  seed: 'spec',
  from: '2024-11-25',
  until: '2026-11-25',
  coaches: 6,
  engagements: 60,
};

const live = (of: FirmPlan): EngagementStream[] => [...liveEngagements(of, peopleOf(of))];
const digest = (of: FirmPlan): string =>
  createHash('sha256')
    .update(JSON.stringify(live(of)))
    .digest('hex');
const past = (one: EngagementStream): PastEngagementEvent[] =>
  one.events.map((event) => toPastEngagementEvent(event, plan.timeZone));
const fold = (events: readonly PastEngagementEvent[]): Engagement | null =>
  events.reduce<Engagement | null>(evolve, null);

describe('the synthetic firm', () => {
  const streams = live(plan);

  it('is the same for the same seed, and another for another', () => {
    expect(digest(plan)).toBe(digest(plan));
    expect(digest({ ...plan, seed: 'another' })).not.toBe(digest(plan));
  });

  it('replays: every stream folds into its engagement, with no gap in the plan’s revisions', () => {
    expect(streams).toHaveLength(60);
    for (const stream of streams) {
      const events = past(stream);
      const revisions = events.flatMap((event) =>
        event.type === 'PlanAgreed' || event.type === 'PlanAdapted' ? [event.data.revision] : [],
      );
      const engagement = fold(events);
      expect(engagement?.engagementId).toBe(stream.engagementId);
      expect(revisions).toEqual(revisions.map((_, index) => index + 1));
      expect(engagement?.plan.revision).toBe(revisions.length);
    }
  });

  it('records in the order of time, nothing on the last day or later, nothing before it happened', () => {
    for (const { events } of streams) {
      const recorded = events.map(({ metadata }) => metadata.recordedAt);
      expect(recorded).toEqual([...recorded].sort());
      expect(recorded.at(-1)! < `${plan.until}T00:10`).toBe(true);
      expect(events.every(({ metadata }) => metadata.occurredAt <= metadata.recordedAt)).toBe(true);
    }
  });

  it('gives every event an id of its own', () => {
    const ids = streams.flatMap(({ events }) => events.map(({ eventId }) => eventId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('lives through what coaching is made of, and is refused now and then', () => {
    const types = new Set(streams.flatMap(({ events }) => events.map(({ type }) => type)));
    expect([...types]).toEqual(
      expect.arrayContaining([
        'BarrierResolved',
        'CheckInMissed',
        'EngagementCompleted',
        'EngagementEndedEarly',
        'EngagementPaused',
        'GoalAchieved',
        'GoalProposed',
        'PlanAdapted',
      ]),
    );
    expect(streams.some(({ refusals }) => refusals > 0)).toBe(true);
  });

  it('is cut into months without losing an event or its place', () => {
    const everything = [...registerPeople(plan, peopleOf(plan)), ...streams];
    const slices = sliceByMonth(everything);
    const rebuilt = new Map<string, string[]>();
    for (const { stream, expectedRevision, events } of slices.flatMap(({ appends }) => appends)) {
      const before = rebuilt.get(stream) ?? [];
      expect(expectedRevision).toBe(before.length === 0 ? 'no-stream' : BigInt(before.length - 1));
      rebuilt.set(stream, [...before, ...events.map(({ eventId }) => eventId)]);
    }
    expect(rebuilt).toEqual(
      new Map(everything.map(({ stream, events }) => [stream, events.map(({ eventId }) => eventId)])),
    );
    expect(slices.map(({ until }) => until)).toEqual(slices.map(({ until }) => until).sort());
  });
});
