import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait between tries: doubling from `firstMs`, never above `capMs`. */
export type Backoff = { readonly firstMs: number; readonly capMs: number };

/** Waits before try number `attempt` (from 0), somewhere in the upper half of its delay; less when `signal` aborts. */
export async function backOff(backoff: Backoff, attempt: number, signal?: AbortSignal): Promise<void> {
  const delay = Math.min(backoff.capMs, backoff.firstMs * 2 ** Math.min(attempt, 30));
  const ms = delay * (0.5 + Math.random() / 2);
  await sleep(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}
