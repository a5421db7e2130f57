import { isOpaque, type EventStore, type Position } from '../../src/event-store/event-store';
import { comparePositions } from '../../src/event-store/position';
import type { Clock } from '../../src/platform/clock';

/**
 * The age, in milliseconds, of the oldest event after `position`; 0 when there is none. The store is asked, never a
 * memory of it: where nobody reads the log any more, the lag grows.
 */
export async function lagBehind(store: EventStore, clock: Clock, position: Position | null): Promise<number> {
  const head = await store.head();
  if (head === null || (position !== null && comparePositions(position, head) >= 0)) return 0;
  for await (const oldest of store.readAll({ ...(position ? { after: position } : {}), limit: 1 })) {
    const { recordedAt } = isOpaque(oldest) ? oldest : oldest.metadata;
    return Math.max(0, clock.now().getTime() - Date.parse(recordedAt));
  }
  return 0;
}

/** How many events there are after `position`. */
export async function eventsBehind(store: EventStore, position: Position | null): Promise<number> {
  if (store.countAfter) return store.countAfter(position);
  let count = 0;
  const events = store.readAll(position ? { after: position } : {});
  for await (const event of events) if (event.revision >= 0n) count += 1;
  return count;
}
