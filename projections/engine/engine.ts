import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { EventStore } from '../../src/event-store/event-store';
import { inTransaction } from '../../src/platform/database';
import type { Logger } from '../../src/platform/logging';
import type { Member } from './apply-batch';
import { beat, NewerRows, reportReader, takeUpCheckpoint } from './checkpoints';
import type { OnProjected } from './projected-batch';
import type { Projection } from './projection';
import { createProjector } from './projector';
import { asOnlyProjector } from './projector-lock';
import { createWorkingRows } from './working-rows';

export type ProjectionEngineOptions = {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  /** The tenants'. */
  readonly timeZone: string;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** At most so many events are projected in one transaction. */
  readonly batchSize?: number;
  readonly onProjected?: OnProjected;
};

export type ProjectionEngine = {
  /**
   * Keeps the read models up to date until `signal` aborts; the batch in progress is finished then. Only one process
   * does at a time, the others wait until it is gone. Whatever fails that is not an event's fault is tried again.
   */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

const BATCH_SIZE = 2000;
const HEARTBEAT_MS = 5000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 10_000;

export function createProjectionEngine(options: ProjectionEngineOptions): ProjectionEngine {
  const { pool, logger } = options;
  const batchSize = options.batchSize ?? BATCH_SIZE;

  /** From the checkpoints until `signal` aborts or something fails; `onProgress` is called when something was done. */
  const project = async (signal: AbortSignal, onProgress: () => void): Promise<void> => {
    const members: Member[] = [];
    for (const projection of options.projections) {
      const member = await takeUp(pool, projection, logger);
      if (member) members.push(member);
    }
    const projector = createProjector({ ...options, batchSize, onProgress });
    const names = members.map(({ projection }) => projection.name);
    const heart = setInterval(() => {
      // A beat that fails shows as what it is: a reader that can't be seen to live.
      beat(pool, names).catch(() => undefined);
    }, HEARTBEAT_MS);
    try {
      await projector.run(members, signal);
    } finally {
      clearInterval(heart);
    }
  };

  return {
    run: async (signal) => {
      let attempts = 0;
      while (!signal.aborted) {
        try {
          await asOnlyProjector(pool, signal, (held) =>
            project(held, () => {
              attempts = 0;
            }),
          );
        } catch (error) {
          attempts += 1;
          logger.warn({ err: error, attempts }, 'The projections could not go on and try again');
          await reportTrouble(pool, options.projections, attempts, error);
          await delay(retryAfter(attempts), undefined, { signal }).catch(() => undefined);
        }
      }
    },
  };
}

async function takeUp(
  pool: Pool,
  projection: Projection,
  logger: ProjectionEngineOptions['logger'],
): Promise<Member | null> {
  try {
    const position = await inTransaction(pool, (client) => takeUpCheckpoint(client, projection));
    return { projection, rows: createWorkingRows(projection), position };
  } catch (error) {
    if (!(error instanceof NewerRows)) throw error;
    logger.error({ projection: projection.name }, error.message);
    return null;
  }
}

async function reportTrouble(
  pool: Pool,
  projections: readonly Projection[],
  attempts: number,
  error: unknown,
): Promise<void> {
  const names = projections.map(({ name }) => name);
  const message = error instanceof Error ? error.message : String(error);
  // Where the database itself is away there is nowhere to say so; the heartbeat that stops says it.
  await reportReader(pool, names, { state: 'reconnecting', attempts, error: message }).catch(() => undefined);
}

/** Doubles from try to try, with a little chance, so that several processes don't come back at the same moment. */
function retryAfter(attempts: number): number {
  const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
  return longest * (0.5 + Math.random() / 2);
}
