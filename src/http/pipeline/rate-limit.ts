import { LRUCache } from 'lru-cache';
import type { Caller } from '../../access/caller';
import { Problem } from '../problems/problem';

const MINUTE_MS = 60_000;
const MOST_CALLERS = 100_000;

/**
 * Counts the requests of each caller in this process, in minutes that begin with the caller's first one.
 * @param perMinute undefined: no limit
 * @returns what refuses a request beyond the limit with 429
 */
export function createRateLimit(perMinute: number | undefined): (caller: Caller) => void {
  if (perMinute === undefined) return () => undefined;
  const counts = new LRUCache<string, { readonly since: number; requests: number }>({ max: MOST_CALLERS });
  return ({ tenantId, id }) => {
    const name = `${tenantId}/${id}`;
    const now = performance.now();
    const counted = counts.get(name);
    const current = counted && now - counted.since < MINUTE_MS ? counted : { since: now, requests: 0 };
    current.requests += 1;
    counts.set(name, current);
    if (current.requests <= perMinute) return;
    const seconds = Math.max(1, Math.ceil((current.since + MINUTE_MS - now) / 1_000));
    throw new Problem('too-many-requests', `You may ask ${perMinute} times a minute: go on in ${seconds} seconds.`, {
      headers: { 'Retry-After': String(seconds) },
    });
  };
}
