import type { Pool } from 'pg';
import type { EventStore } from '../../src/event-store/event-store';
import { formatPosition } from '../../src/event-store/position';
import type { Clock } from '../../src/platform/clock';
import { toPosition } from './checkpoints';
import { eventsBehind, lagBehind } from './lag';
import type { Projection } from './projection';
import { readAs } from './table';

/** A projection as `GET /projections` shows it. */
export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  readonly position: string | null;
  readonly lagEvents: number;
  readonly lagMs: number;
  /** How many streams wait behind an event that can't be projected. */
  readonly parked: number;
  readonly state: 'live' | 'rebuilding' | 'stopped';
  readonly reader: {
    readonly state: 'live' | 'catching-up' | 'reconnecting';
    readonly since: string;
    readonly attempts: number;
    readonly lastError: string | null;
  };
};

type StatusRow = {
  readonly name: string;
  readonly version: number;
  readonly commit: string | null;
  readonly prepare: string | null;
  readonly state: ProjectionStatus['state'];
  readonly error: string | null;
  readonly failedEventId: string | null;
  readonly readerState: ProjectionStatus['reader']['state'];
  readonly readerSince: string;
  readonly readerAttempts: number;
  readonly readerError: string | null;
  readonly isSilent: boolean;
  readonly heartbeatAt: string;
};

/** A reader that has not been heard of for so long is taken for dead. */
const SILENCE = '15 seconds';

/** Each of the projections that has begun, in their order. */
export async function readStatus(
  pool: Pool,
  store: EventStore,
  clock: Clock,
  projections: readonly Projection[],
): Promise<readonly ProjectionStatus[]> {
  const { rows } = await pool.query<StatusRow>(
    `SELECT name, version, commit_position::text AS commit, prepare_position::text AS prepare, state, error,
            failed_event_id AS "failedEventId", reader_state AS "readerState",
            ${readAs('reader_since', 'timestamptz')} AS "readerSince",
            reader_attempts AS "readerAttempts", reader_error AS "readerError",
            heartbeat_at < clock_timestamp() - interval '${SILENCE}' AS "isSilent",
            ${readAs('heartbeat_at', 'timestamptz')} AS "heartbeatAt"
     FROM projections.checkpoints WHERE name = ANY ($1) ORDER BY array_position($1, name)`,
    [projections.map(({ name }) => name)],
  );
  const lags = new Map<string, Promise<Pick<ProjectionStatus, 'lagEvents' | 'lagMs'>>>();
  const lagOf = (row: StatusRow): Promise<Pick<ProjectionStatus, 'lagEvents' | 'lagMs'>> => {
    const key = `${String(row.commit)}.${String(row.prepare)}`;
    const lag = lags.get(key) ?? measureLag(store, clock, row);
    lags.set(key, lag);
    return lag;
  };
  return Promise.all(rows.map(async (row) => toStatus(row, await lagOf(row))));
}

/** The names of those that have stopped, in their order. Reads the checkpoints alone, so it may be asked often. */
export async function readStopped(pool: Pool, projections: readonly Projection[]): Promise<readonly string[]> {
  const { rows } = await pool.query<{ readonly name: string }>({
    name: 'stopped projections',
    text: `
      SELECT name FROM projections.checkpoints
      WHERE name = ANY ($1) AND state = 'stopped' ORDER BY array_position($1, name)`,
    values: [projections.map(({ name }) => name)],
  });
  return rows.map(({ name }) => name);
}

async function measureLag(
  store: EventStore,
  clock: Clock,
  row: StatusRow,
): Promise<Pick<ProjectionStatus, 'lagEvents' | 'lagMs'>> {
  const position = toPosition(row);
  const [lagEvents, lagMs] = await Promise.all([eventsBehind(store, position), lagBehind(store, clock, position)]);
  return { lagEvents, lagMs };
}

function toStatus(row: StatusRow, lag: Pick<ProjectionStatus, 'lagEvents' | 'lagMs'>): ProjectionStatus {
  const position = toPosition(row);
  return {
    name: row.name,
    version: row.version,
    position: position && formatPosition(position),
    ...lag,
    parked: row.state === 'stopped' ? 1 : 0,
    state: row.state,
    reader: row.isSilent
      ? {
          state: 'reconnecting',
          since: row.heartbeatAt,
          attempts: row.readerAttempts,
          lastError: row.readerError ?? 'The reader has given no sign of life since then.',
        }
      : {
          state: row.readerState,
          since: row.readerSince,
          attempts: row.readerAttempts,
          lastError:
            row.error === null ? row.readerError : `Stopped before event ${String(row.failedEventId)}: ${row.error}`,
        },
  };
}
