import type { Pool } from 'pg';

const BATCH = 1_000;
const DAY_MS = 86_400_000;

/**
 * A command whose key is gone can still be repeated: its events are found by their ids. Claims without an outcome go too,
 * unless they are held.
 */
const THIN = `
  DELETE FROM records.idempotency WHERE (tenant, caller, key) IN (
    SELECT tenant, caller, key FROM records.idempotency
    WHERE claimed_at < clock_timestamp() - interval '30 days'
      AND (status IS NOT NULL OR lease_until < clock_timestamp())
    ORDER BY claimed_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )`;

/**
 * Deletes the keys older than 30 days, now and once a day, in small batches, so that nobody waits for it. A failure is
 * handed to `onProblem` and made good the next day. Answers how to end it.
 */
export function thinKeysDaily(pool: Pool, onProblem: (error: unknown) => void, batch = BATCH): () => Promise<void> {
  let isEnding = false;

  const thin = async (): Promise<void> => {
    let deleted: number;
    do {
      deleted = (await pool.query(THIN, [batch])).rowCount ?? 0;
    } while (deleted === batch && !isEnding);
  };
  let running = thin().catch(onProblem);
  const timer = setInterval(() => {
    running = running.then(thin).catch(onProblem);
  }, DAY_MS).unref();

  return () => {
    isEnding = true;
    clearInterval(timer);
    return running;
  };
}
