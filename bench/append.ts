import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Append } from '../src/event-store/event-store';
import { createPostgresEventStore, migrateEventLog } from '../src/event-store/postgres/postgres-event-store';
import { createPool } from '../src/platform/database';
import { compare, type Bench, type Case } from './harness';
import { sampleAppends, sampleEvent } from './sample-events';

const STREAMS = 1000;
/** Many short rounds: what else the machine does, its disk above all, changes within seconds. */
const ROUNDS = 15;
const ROUND_MS = 500;
const BULK_ROUNDS = 5;

/** One event with an exact revision through the port, by 1, 8 and 32 callers, against a bare INSERT by as many. */
export async function append(bench: Bench): Promise<Case[]> {
  const url = await bench.newDatabase();
  const pool = createPool(url, ignore);
  await migrateEventLog(pool);
  await pool.query('CREATE TABLE plain (LIKE event_log.event INCLUDING ALL)');
  const store = createPostgresEventStore({ pool, connectionString: url });
  const plainPool = new Pool({ connectionString: url, max: 32 });
  plainPool.on('error', ignore);
  const ours = storeAppends(store);
  const floor = plainInserts(plainPool);
  await Promise.all([callers(32, 500, ours), callers(32, 500, floor)]);
  await pool.query('ANALYZE');

  const cases: Case[] = [];
  for (const [count, goal] of [
    [1, '≥ 0.7'],
    [8, '≥ 0.6'],
    [32, '≥ 1.0'],
  ] as const) {
    cases.push(
      await compare(bench, {
        case: `append-${count}`,
        goal,
        against: 'bare pg INSERT into a table with the same unique keys, same callers',
        rounds: ROUNDS,
        counts: 'appends/s',
        ours: () => callers(count, ROUND_MS, ours),
        floor: () => callers(count, ROUND_MS, floor),
      }),
    );
  }
  await store.close();
  await Promise.all([pool.end(), plainPool.end()]);
  return cases;
}

type Streams = { next(): { stream: string; revision: bigint } };

/** Gives the streams in turn, with the revision that comes next in each. */
function takeTurns(): Streams {
  const streams = Array.from({ length: STREAMS }, () => ({ stream: `engagement-${randomUUID()}`, revision: -1n }));
  let turn = 0;
  return {
    next: () => {
      const at = streams[turn++ % STREAMS]!;
      at.revision += 1n;
      return { ...at };
    },
  };
}

function storeAppends(store: ReturnType<typeof createPostgresEventStore>): () => Promise<unknown> {
  const streams = takeTurns();
  return () => {
    const { stream, revision } = streams.next();
    return store.append(stream, revision === 0n ? 'no-stream' : revision - 1n, [sampleEvent()]);
  };
}

function plainInserts(pool: Pool): () => Promise<unknown> {
  const streams = takeTurns();
  return () => {
    const { stream, revision } = streams.next();
    const event = sampleEvent();
    return pool.query({
      name: 'plain',
      text: `INSERT INTO plain (stream, revision, event_id, type, schema_version, data, metadata)
             VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [
        stream,
        String(revision),
        event.eventId,
        event.type,
        event.schemaVersion,
        JSON.stringify(event.data),
        JSON.stringify(event.metadata),
      ],
    });
  };
}

/** Calls a second that so many callers, each waiting for its answer, get done in about `ms`. */
async function callers(count: number, ms: number, call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let done = 0;
  const caller = async () => {
    while (performance.now() - start < ms) {
      await call();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: count }, caller));
  return (done / (performance.now() - start)) * 1000;
}

/** 200,000 events of 4,000 streams, against one COPY of the same rows, made ready beforehand, into primary keys only. */
export async function bulkLoad(bench: Bench): Promise<Case[]> {
  const url = await bench.newDatabase();
  const pool = createPool(url, ignore);
  await migrateEventLog(pool);
  const store = createPostgresEventStore({ pool, connectionString: url });
  await pool.query(`CREATE TABLE plain (LIKE event_log.event INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING STORAGE);
                    ALTER TABLE plain ADD PRIMARY KEY (stream, revision)`);
  const appends = sampleAppends(4000, 50);
  const rows = copyRows(appends);

  const measured = await compare(bench, {
    case: 'bulk-load',
    goal: '≥ 0.7',
    against: 'COPY of the same rows into the same table with its primary key only',
    rounds: BULK_ROUNDS,
    counts: 'events/s',
    ours: async () => {
      await pool.query('TRUNCATE event_log.event; CHECKPOINT');
      return perSecond(200_000, async () => {
        let at = 0;
        const lane = async () => {
          for (; at < appends.length;) await store.appendMany(appends.slice(at, (at += 200)));
        };
        await Promise.all([lane(), lane()]);
      });
    },
    floor: async () => {
      await pool.query('TRUNCATE plain; CHECKPOINT');
      return perSecond(200_000, () => copyInto(pool, rows));
    },
  });
  await store.close();
  await pool.end();
  return [measured];
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1000;
}

/** The rows as COPY takes them, in buffers of some hundred rows. */
function copyRows(appends: readonly Append[]): Buffer[] {
  return appends.map(({ stream, events }) => {
    const lines = events.map((event, revision) => {
      const json = [event.data, event.metadata].map((value) => JSON.stringify(value).replaceAll('\\', '\\\\'));
      return [stream, revision, event.eventId, event.type, event.schemaVersion, ...json].join('\t');
    });
    return Buffer.from(`${lines.join('\n')}\n`);
  });
}

async function copyInto(pool: Pool, rows: readonly Buffer[]): Promise<void> {
  const client = await pool.connect();
  try {
    const columns = 'stream, revision, event_id, type, schema_version, data, metadata';
    const sink = client.query(copyFrom(`COPY plain (${columns}) FROM STDIN`));
    for (const chunk of rows) if (!sink.write(chunk)) await once(sink, 'drain');
    sink.end();
    await once(sink, 'finish');
  } finally {
    client.release();
  }
}

function ignore(): void {
  // Errors of idle connections: the statement that meets them says so.
}
