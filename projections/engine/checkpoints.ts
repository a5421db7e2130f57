import type { PoolClient } from 'pg';
import type { Position } from '../../src/event-store/event-store';
import type { Queryable } from '../../src/platform/database';
import type { ProjectedEvent, Projection } from './projection';

/** Every change of a checkpoint is told on this channel, without a payload. */
export const CHECKPOINT_CHANNEL = 'cairn_projections';

/** Another process moved the checkpoint: what this one holds in memory is out of date. */
class CheckpointMoved extends Error {
  constructor() {
    super('A checkpoint is not where this projector left it');
    this.name = 'CheckpointMoved';
  }
}

/** The rows were made by a newer release, which this one must not write over. */
export class NewerRows extends Error {
  constructor(projection: Projection, found: number) {
    super(`${projection.name} has rows of version ${found}; this release makes version ${projection.version}`);
    this.name = 'NewerRows';
  }
}

type CheckpointRow = { readonly version: number; readonly commit: string | null; readonly prepare: string | null };

/**
 * Where the projection goes on from; null is the beginning of the log. A new projection gets its checkpoint, one whose
 * version rose begins again with empty tables, and one that was stopped gets another try.
 *
 * @throws {NewerRows}
 */
export async function takeUpCheckpoint(client: PoolClient, projection: Projection): Promise<Position | null> {
  const { name, version } = projection;
  await client.query(
    "INSERT INTO projections.checkpoints (name, version, state) VALUES ($1, $2, 'live') ON CONFLICT (name) DO NOTHING",
    [name, version],
  );
  const { rows } = await client.query<CheckpointRow>(
    `UPDATE projections.checkpoints
     SET state = CASE state WHEN 'stopped' THEN 'live' ELSE state END,
         error = NULL, failed_event_id = NULL, failed_commit = NULL, failed_prepare = NULL
     WHERE name = $1
     RETURNING version, commit_position::text AS commit, prepare_position::text AS prepare`,
    [name],
  );
  const found = rows[0];
  if (!found) throw new CheckpointMoved();
  if (found.version > version) throw new NewerRows(projection, found.version);
  if (found.version === version) return toPosition(found);

  await client.query(`TRUNCATE ${projection.tables.map((table) => table.name).join(', ')}`);
  await client.query(
    `UPDATE projections.checkpoints
     SET version = $2, state = 'rebuilding', commit_position = NULL, prepare_position = NULL WHERE name = $1`,
    [name, version],
  );
  await announceCheckpoints(client);
  return null;
}

/** What a checkpoint's two columns say, read as text. */
export function toPosition(row: { readonly commit: string | null; readonly prepare: string | null }): Position | null {
  return row.commit === null || row.prepare === null
    ? null
    : { commit: BigInt(row.commit), prepare: BigInt(row.prepare) };
}

/**
 * Moves the checkpoints to `to`, each from where it was left.
 *
 * @throws {CheckpointMoved} one of them is somewhere else, or not of this version any more
 */
export async function moveCheckpoints(
  client: PoolClient,
  members: readonly { readonly projection: Projection; readonly position: Position | null }[],
  to: Position,
): Promise<void> {
  const { rowCount } = await client.query({
    name: 'move checkpoints',
    text: `
      UPDATE projections.checkpoints c
      SET commit_position = $1, prepare_position = $2, heartbeat_at = clock_timestamp()
      FROM unnest($3::text[], $4::integer[], $5::numeric[], $6::numeric[])
        AS left_at (name, version, commit_position, prepare_position)
      WHERE c.name = left_at.name AND c.version = left_at.version AND c.state <> 'stopped'
        AND c.commit_position IS NOT DISTINCT FROM left_at.commit_position
        AND c.prepare_position IS NOT DISTINCT FROM left_at.prepare_position`,
    values: [
      String(to.commit),
      String(to.prepare),
      members.map(({ projection }) => projection.name),
      members.map(({ projection }) => projection.version),
      members.map(({ position }) => (position ? String(position.commit) : null)),
      members.map(({ position }) => (position ? String(position.prepare) : null)),
    ],
  });
  if (rowCount !== members.length) throw new CheckpointMoved();
}

/** Leaves the projection visibly stopped before an event, at `position` (of the last event that its rows hold). */
export async function stopBefore(
  client: PoolClient,
  projection: Projection,
  position: Position | null,
  fault: { readonly event: ProjectedEvent; readonly message: string },
): Promise<void> {
  await client.query(
    `UPDATE projections.checkpoints
     SET state = 'stopped', commit_position = $2, prepare_position = $3,
         error = $4, failed_event_id = $5, failed_commit = $6, failed_prepare = $7
     WHERE name = $1`,
    [
      projection.name,
      position && String(position.commit),
      position && String(position.prepare),
      fault.message,
      fault.event.eventId,
      String(fault.event.position.commit),
      String(fault.event.position.prepare),
    ],
  );
}

/** Wakes whoever waits for a checkpoint, once the transaction commits. */
export async function announceCheckpoints(db: Queryable): Promise<void> {
  await db.query({ name: 'announce checkpoints', text: `SELECT pg_notify('${CHECKPOINT_CHANNEL}', '')` });
}

/** What the readers of these projections do from now on. What was being rebuilt is live once its reader is. */
export async function reportReader(
  db: Queryable,
  names: readonly string[],
  reader: {
    readonly state: 'live' | 'catching-up' | 'reconnecting';
    readonly attempts: number;
    readonly error: string | null;
  },
): Promise<void> {
  await db.query(
    `UPDATE projections.checkpoints
     SET reader_since = CASE WHEN reader_state = $2 THEN reader_since ELSE clock_timestamp() END,
         reader_state = $2, reader_attempts = $3, reader_error = $4, heartbeat_at = clock_timestamp(),
         state = CASE WHEN state = 'rebuilding' AND $2 = 'live' THEN 'live' ELSE state END
     WHERE name = ANY ($1)`,
    [names, reader.state, reader.attempts, reader.error],
  );
}

/** Says that the readers of these projections are alive. */
export async function beat(db: Queryable, names: readonly string[]): Promise<void> {
  await db.query('UPDATE projections.checkpoints SET heartbeat_at = clock_timestamp() WHERE name = ANY ($1)', [names]);
}
