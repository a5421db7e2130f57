import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { applySchema } from '../../platform/database';
import type { BulkEventStore, Position, StoredEvent } from '../event-store';
import { createAppender, type AppendOptions } from './appender';
import type { Backoff } from '../backoff';
import { appendMany } from './bulk';
import { createListener } from './listener';
import {
  countAfter,
  readByIds,
  readHead,
  readLogId,
  readLogPage,
  readStreamPage,
  readStreamRevision,
  type Page,
} from './pages';
import { subscription } from './subscription';

export type PostgresEventStoreOptions = {
  /** Shared with others; the store ends none of its connections. */
  readonly pool: Pool;
  /** Of the same database, for the connection that appends and the one that listens. */
  readonly connectionString: string;
  /** Told when the server can't be reached and the store goes on trying. */
  readonly onProblem?: (error: Error) => void;
  /** How often a subscription looks without having been told of news. Default 1 s. */
  readonly pollMs?: number;
  /** Between tries to reach the server again, of subscriptions and the listening connection. Default 100 ms to 5 s. */
  readonly reconnect?: Backoff;
  readonly append?: AppendOptions;
};

/** Brings the tables and functions of the log up to date, and notices a cluster that a dump was restored into. */
export async function migrateEventLog(pool: Pool): Promise<void> {
  await applySchema(pool, readFileSync(join(__dirname, 'schema.sql'), 'utf8'));
}

/** The log in Postgres. `migrateEventLog` comes first. The pool is the caller's to end, after `close`. */
export function createPostgresEventStore(options: PostgresEventStoreOptions): BulkEventStore {
  const { pool, connectionString, pollMs = 1000 } = options;
  const backoff = options.reconnect ?? { firstMs: 100, capMs: 5000 };
  const onProblem = options.onProblem ?? (() => undefined);
  const appender = createAppender(pool, connectionString, options.append ?? {});
  const listener = createListener(connectionString, backoff, onProblem);
  const closing = new AbortController();
  // A signal warns of a leak at eleven listeners; each subscription is one.
  setMaxListeners(0, closing.signal);

  return {
    append: (stream, expectedRevision, events) => appender.append({ stream, expectedRevision, events }),
    appendMany: (appends) => appendMany(pool, appends),
    readStream: (stream, { from = 0n, limit } = {}) =>
      paged(
        from,
        limit,
        (at, size) => readStreamPage(pool, stream, at, size),
        (last) => last.revision + 1n,
      ),
    readAll: ({ after, limit } = {}) => readAll(pool, after, limit),
    subscribe: ({ after, batchSize = 500, signal, onTrouble }) =>
      subscription(
        { pool, listener, pollMs, backoff, onProblem },
        { after, batchSize, signal: AbortSignal.any([signal, closing.signal]), onTrouble },
      ),
    head: () => readHead(pool),
    logId: () => readLogId(pool),
    countAfter: (after) => countAfter(pool, after),
    streamRevision: (stream) => readStreamRevision(pool, stream),
    findInStream: (stream, eventIds) => readByIds(pool, stream, eventIds),
    close: async () => {
      closing.abort();
      await Promise.all([listener.close(), appender.close()]);
    },
  };
}

const PAGE_SIZE = 500;

async function* readAll(
  pool: Pool,
  after: Position | undefined,
  limit: number | undefined,
): AsyncGenerator<StoredEvent> {
  const head = await readHead(pool);
  if (head === null) return;
  yield* paged(
    after,
    limit,
    (at, size) => readLogPage(pool, at, head, size),
    (last) => last.position,
  );
}

/** Reads page after page from `start`; `next` says where the one after an event begins. */
async function* paged<At>(
  start: At,
  limit: number | undefined,
  read: (at: At, size: number) => Promise<Page>,
  next: (last: StoredEvent) => At,
): AsyncGenerator<StoredEvent> {
  let at = start;
  let left = limit ?? Infinity;
  while (left > 0) {
    const page = await read(at, Math.min(PAGE_SIZE, left));
    yield* page.events;
    const last = page.events.at(-1);
    if (page.last || last === undefined) return;
    left -= page.events.length;
    at = next(last);
  }
}
