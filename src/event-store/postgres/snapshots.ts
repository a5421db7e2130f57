import type { Pool } from 'pg';
import type { Snapshot, Snapshots } from '../snapshots';

/** The table of snapshots: unlogged, since a crash may well empty a cache. Safe to run again. */
export const snapshotSchema = `
CREATE SCHEMA IF NOT EXISTS event_log;
CREATE UNLOGGED TABLE IF NOT EXISTS event_log.snapshots (
  stream text PRIMARY KEY,
  revision bigint NOT NULL,
  fold_version text NOT NULL,
  state jsonb NOT NULL
);`;

/** Snapshots in Postgres, one a stream. */
export function createPostgresSnapshots(pool: Pool): Snapshots {
  return {
    async load(stream, foldVersion): Promise<Snapshot | null> {
      const { rows } = await pool.query<{ revision: string; state: object }>({
        name: 'load-snapshot',
        text: 'SELECT revision, state FROM event_log.snapshots WHERE stream = $1 AND fold_version = $2',
        values: [stream, foldVersion],
      });
      const [row] = rows;
      return row ? { revision: BigInt(row.revision), state: row.state } : null;
    },

    async save(stream, foldVersion, { revision, state }): Promise<void> {
      await pool.query({
        name: 'save-snapshot',
        text: `INSERT INTO event_log.snapshots (stream, revision, fold_version, state) VALUES ($1, $2, $3, $4)
               ON CONFLICT (stream) DO UPDATE
               SET revision = excluded.revision, fold_version = excluded.fold_version, state = excluded.state
               WHERE snapshots.revision < excluded.revision OR snapshots.fold_version <> excluded.fold_version`,
        values: [stream, revision.toString(), foldVersion, JSON.stringify(state)],
      });
    },
  };
}
