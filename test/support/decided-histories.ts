import fc from 'fast-check';
import type { NewEvent } from '../../src/event-store/event-store';
import { games } from './engagement/games';
import { play } from './engagement/play';
import type { History } from './histories';
import { createRandom } from './random';

/**
 * Histories that decisions made, unlike those of `historyOf`: each has what commands can lead to, and nothing else. The
 * same ones for the same seed.
 */
export function decidedHistories(count: number, { seed, tenantId }: { seed: number; tenantId: string }): History[] {
  return fc.sample(games, { seed, numRuns: count }).flatMap((game, index) => {
    const { events } = play(game);
    const random = createRandom(seed * 1_000 + index);
    const engagementId = random.uuid();
    // All games use the same ids, which in one log must be told apart.
    const eventIds = new Map(events.map(({ eventId }) => [eventId, random.uuid()]));
    const own = (text: string): string =>
      text.replace(/eeeeeeee-0000-4000-8000-[0-9a-f]{12}/g, (id) => eventIds.get(id) ?? id);
    const written = events.map(({ type, data, eventId, occurredAt }): NewEvent => ({
      eventId: own(eventId),
      type,
      schemaVersion: 1,
      data: JSON.parse(own(JSON.stringify(data))) as object,
      metadata: {
        tenantId,
        actor: { id: random.uuid(), role: 'coach' },
        occurredAt,
        recordedAt: occurredAt,
        correlationId: random.uuid(),
        causationId: random.chance(0.5) ? random.uuid() : null,
        commandId: random.uuid(),
        ...(random.chance(0.3) ? { onBehalfOf: random.uuid() } : {}),
      },
    }));
    const history = { stream: `engagement-${tenantId}_${engagementId}`, engagementId, events: written };
    return written.length === 0 ? [] : [history];
  });
}
