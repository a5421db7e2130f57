import { evolve } from '../../src/engagement/evolve';
import type { Engagement } from '../../src/engagement/engagement';
import type { EngagementEvent } from '../../src/engagement/events';
import type { Id } from '../../src/engagement/values';
import type { NewEvent } from '../../src/event-store/event-store';
import { nextEvent } from './event-samples';
import { createRandom } from './random';
import { dateOf } from './thing-samples';

export type History = { readonly stream: string; readonly engagementId: Id; readonly events: readonly NewEvent[] };

export type HistoryOptions = {
  readonly seed: number;
  readonly tenantId?: string;
  /** How many events, with the first. */
  readonly length: number;
  /** How many coaches share the engagements of all seeds; default 40. */
  readonly coaches?: number;
};

/**
 * A history of one engagement, the same for the same seed: every event is possible in the state it meets, though not
 * every one would be decided so. For what must hold of any stream; what decisions make is tested with decisions.
 */
export function historyOf({ seed, tenantId = 'firm', length, coaches = 40 }: HistoryOptions): History {
  const random = createRandom(seed);
  const engagementId = random.uuid();
  const parties = {
    clientId: random.uuid(),
    coachId: createRandom(1_000_000 + (seed % coaches)).uuid(),
    sponsorId: random.chance(0.5) ? random.uuid() : null,
  };
  let day = 0;
  let state: Engagement | null = null;
  const events: NewEvent[] = [];
  for (let revision = 0; revision < length; revision += 1) {
    const seen: readonly Id[] = events.slice(-3).map(({ eventId }) => eventId);
    const event: EngagementEvent = state
      ? nextEvent(state, random, { today: dateOf(day), seen, observations: observationsIn(events) })
      : {
          type: 'EngagementProposed',
          data: { engagementId, ...parties, startsOn: dateOf(0), endsOn: dateOf(400), checkInEveryDays: 14 },
        };
    const at = `${dateOf(day)}T${String(8 + (revision % 10)).padStart(2, '0')}:15:00.${String(revision % 1000).padStart(3, '0')}Z`;
    const eventId = random.uuid();
    events.push({
      eventId,
      schemaVersion: 1,
      ...event,
      metadata: {
        tenantId,
        actor: { id: parties.coachId, role: 'coach' },
        occurredAt: at,
        recordedAt: at,
        correlationId: random.uuid(),
        causationId: null,
        commandId: random.uuid(),
      },
    });
    state = evolve(state, { ...event, eventId, occurredAt: at, occurredOn: dateOf(day) });
    day += random.below(4);
  }
  return { stream: `engagement-${tenantId}_${engagementId}`, engagementId, events };
}

/** The observations so far: event and goal. */
function observationsIn(events: readonly NewEvent[]): readonly [Id, Id][] {
  return events.flatMap(({ type, eventId, data }): [Id, Id][] =>
    type === 'ProgressRecorded' || type === 'GoalAttainmentScored' ? [[eventId, (data as { goalId: Id }).goalId]] : [],
  );
}
