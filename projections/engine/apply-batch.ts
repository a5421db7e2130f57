import type { Pool, PoolClient } from 'pg';
import type { Position } from '../../src/event-store/event-store';
import { comparePositions } from '../../src/event-store/position';
import { inTransaction } from '../../src/platform/database';
import { announceCheckpoints, moveCheckpoints, stopBefore } from './checkpoints';
import type { ProjectedEvent, Projection } from './projection';
import { isFaultOfEvent } from './whose-fault';
import type { WorkingRows } from './working-rows';

/** A projection at work, and how far it has come; null is the beginning of the log. */
export type Member = {
  readonly projection: Projection;
  readonly rows: WorkingRows;
  position: Position | null;
};

/** An event that a projection can't take; `position` is of the last one that its rows hold. */
export type Stop = {
  readonly member: Member;
  readonly event: ProjectedEvent;
  readonly message: string;
  readonly position: Position | null;
};

/**
 * Brings the members' rows and checkpoints over the events in one transaction, each over those it has not had yet. A
 * member with an event that it can't take is left stopped before that event, the others go on; who stopped is answered.
 *
 * When it rejects, nothing has been written, or it is not known whether it was: the members are of no use any more, and
 * the checkpoints have to be read again.
 */
export async function applyBatch(
  pool: Pool,
  members: readonly Member[],
  events: readonly ProjectedEvent[],
): Promise<readonly Stop[]> {
  const last = events.at(-1);
  if (!last) return [];
  const behind = members.filter((member) => isAfter(last.position, member.position));
  if (behind.length === 0) return [];
  const stops = await inTransaction(pool, async (client) => {
    // First, since it also keeps another projector out until this transaction ends.
    await moveCheckpoints(client, behind, last.position);
    const stopped: Stop[] = [];
    for (const member of behind) {
      const due = events.filter((event) => isAfter(event.position, member.position));
      const stop = await projectUntilFault(client, member, due, member.position);
      if (!stop) continue;
      await stopBefore(client, member.projection, stop.position, stop);
      stopped.push(stop);
    }
    await announceCheckpoints(client);
    return stopped;
  });
  for (const member of behind) member.position = last.position;
  return stops;
}

/** Projects the events up to the first that can't be, which is found by halving; null when there is none. */
async function projectUntilFault(
  client: PoolClient,
  member: Member,
  events: readonly ProjectedEvent[],
  position: Position | null,
): Promise<Stop | null> {
  try {
    await member.rows.project(client, events);
    return null;
  } catch (error) {
    if (!isFaultOfEvent(error)) throw error;
    const [only] = events;
    if (events.length === 1 && only) {
      return { member, event: only, message: error instanceof Error ? error.message : String(error), position };
    }
    const half = Math.ceil(events.length / 2);
    const reached = events[half - 1]?.position ?? position;
    return (
      (await projectUntilFault(client, member, events.slice(0, half), position)) ??
      (await projectUntilFault(client, member, events.slice(half), reached))
    );
  }
}

function isAfter(position: Position, than: Position | null): boolean {
  return than === null || comparePositions(position, than) > 0;
}
