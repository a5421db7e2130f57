import type { Position } from '../event-store/event-store';
import type { Queryable } from '../platform/database';

/** The position up to which a projection's rows of a stream hold its events; null when they hold none. */
export type Reached = (projection: string, stream: string) => Position | null;

/** Reads how far the rows of these streams have come, in the snapshot in which the rows are read. */
export type ReadReached = (db: Queryable, streams: readonly string[]) => Promise<Reached>;

type Checkpoint = { readonly name: string; readonly commit: string | null; readonly prepare: string | null };

/** By the checkpoints of the projections that serve queries. */
export const readCheckpoints: ReadReached = async (db) => {
  const { rows } = await db.query<Checkpoint>(
    `SELECT name, commit_position::text AS commit, prepare_position::text AS prepare FROM projections.checkpoints`,
  );
  const positions = new Map(rows.map((row) => [row.name, positionIn(row)]));
  return (projection) => positions.get(projection) ?? null;
};

function positionIn({ commit, prepare }: Checkpoint): Position | null {
  return commit === null || prepare === null ? null : { commit: BigInt(commit), prepare: BigInt(prepare) };
}
