import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

/** How often a process in reserve looks whether the one at work is gone. */
const RESERVE_MS = 1000;

/**
 * Does `work` while no other process does: one projector at a time, the others wait in reserve. The lock is the
 * session's, so it goes with its process; `signal` of `work` aborts when the session is lost.
 */
export async function asOnlyProjector(
  pool: Pool,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  const lost = new AbortController();
  const onError = (error: Error): void => {
    lost.abort(error);
  };
  client.on('error', onError);
  try {
    if (!(await waitForLock(client, signal))) return;
    await work(AbortSignal.any([signal, lost.signal]));
    lost.signal.throwIfAborted();
  } finally {
    client.off('error', onError);
    // Ends the session, and the lock with it.
    client.release(true);
  }
}

async function waitForLock(client: PoolClient, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const { rows } = await client.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_lock(hashtext('cairn projector')) AS taken",
    );
    if (rows[0]?.taken) return true;
    await delay(RESERVE_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
