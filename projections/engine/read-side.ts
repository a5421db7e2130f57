import type { Pool } from 'pg';
import type { EventStore, Position } from '../../src/event-store/event-store';
import { comparePositions, formatPosition } from '../../src/event-store/position';
import type { Clock } from '../../src/platform/clock';
import { createCheckpointListener } from './checkpoint-listener';
import { toPosition } from './checkpoints';
import { lagBehind } from './lag';
import type { Projection } from './projection';
import { readStatus, readStopped, type ProjectionStatus } from './status';

export type ReadSide = {
  /**
   * Whether every read model has passed the position, at the latest after `timeoutMs`. Costs nothing when that is known
   * already; else the next move of a checkpoint wakes it, whichever process makes it.
   */
  readonly waitUntil: (position: Position, timeoutMs: number) => Promise<boolean>;
  /**
   * How far all read models have come (null: nowhere yet), and the age in milliseconds of the oldest event that one of
   * them lacks, 0 when there is none. At most `LAG_FRESH_MS` old.
   */
  readonly position: () => Promise<{ readonly position: string | null; readonly lagMs: number }>;
  /** The names of the projections that have stopped; cheap, unlike `status`, which counts how far behind each one is. */
  readonly stopped: () => Promise<readonly string[]>;
  /** Each projection, as it stands now. */
  readonly status: () => Promise<readonly ProjectionStatus[]>;
  /** Answers whoever waits with false, and gives back the connection that listens. */
  readonly close: () => Promise<void>;
};

export type ReadSideOptions = {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  readonly clock: Clock;
  /** How often to look, while someone waits, should a notification get lost. */
  readonly pollMs?: number;
};

const LAG_FRESH_MS = 50;

type Waiter = { readonly position: Position; readonly answer: (passed: boolean) => void };

export function createReadSide(options: ReadSideOptions): ReadSide {
  const { pool, store, clock } = options;
  const names = options.projections.map(({ name }) => name);
  const waiters = new Set<Waiter>();
  /** What was last read; a checkpoint only goes back when its projection is rebuilt. */
  let passed: Position | null = null;
  let lag: Promise<number> | undefined;

  const refresh = async (): Promise<void> => {
    passed = await readLeast(pool, names);
    for (const waiter of waiters) if (isPassed(waiter.position, passed)) waiter.answer(true);
  };
  const listener = createCheckpointListener({
    pool,
    refresh,
    isWanted: () => waiters.size > 0,
    pollMs: options.pollMs ?? 500,
  });

  const currentLag = (): Promise<number> => {
    lag ??= (async () => {
      try {
        await listener.refreshed();
        return await lagBehind(store, clock, passed);
      } finally {
        setTimeout(() => {
          lag = undefined;
        }, LAG_FRESH_MS).unref();
      }
    })();
    return lag;
  };

  return {
    waitUntil: async (position, timeoutMs) => {
      if (isPassed(position, passed)) return true;
      let timer: NodeJS.Timeout | undefined;
      let waiter: Waiter | undefined;
      const answered = new Promise<boolean>((resolve) => {
        waiter = { position, answer: resolve };
        waiters.add(waiter);
        timer = setTimeout(resolve, timeoutMs, false);
      });
      listener.wake();
      try {
        return await answered;
      } finally {
        clearTimeout(timer);
        if (waiter) waiters.delete(waiter);
      }
    },
    position: async () => {
      const lagMs = await currentLag();
      return { position: passed && formatPosition(passed), lagMs };
    },
    stopped: () => readStopped(pool, options.projections),
    status: () => readStatus(pool, store, clock, options.projections),
    close: async () => {
      for (const waiter of waiters) waiter.answer(false);
      await listener.close();
    },
  };
}

function isPassed(position: Position, passed: Position | null): boolean {
  return passed !== null && comparePositions(passed, position) >= 0;
}

/** How far the projection has come that has come least far; null when one of them has not begun. */
async function readLeast(pool: Pool, names: readonly string[]): Promise<Position | null> {
  const { rows } = await pool.query<{ commit: string | null; prepare: string | null }>({
    name: 'least checkpoint',
    text: `
      SELECT c.commit_position::text AS commit, c.prepare_position::text AS prepare
      FROM unnest($1::text[]) AS wanted (name) LEFT JOIN projections.checkpoints c USING (name)
      ORDER BY c.commit_position NULLS FIRST, c.prepare_position NULLS FIRST
      LIMIT 1`,
    values: [names],
  });
  const [least] = rows;
  return least ? toPosition(least) : null;
}
