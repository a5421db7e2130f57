import type { Expected } from './expected';
import type { LoggedEvent, LoggedStream } from './logged';

/**
 * What becomes of an append: it may be written after `current`, it was written before (its last event is given), or it
 * is refused. `current` is -1 for a stream that is not there.
 */
export type Decision =
  | { readonly kind: 'write'; readonly current: bigint }
  | { readonly kind: 'repeated'; readonly last: LoggedEvent }
  | { readonly kind: 'wrong-version'; readonly current: bigint }
  | { readonly kind: 'deleted' };

/**
 * The server's rules, in its order (IndexWriter.CheckCommit of 23.10): with an exact revision an append is the same one
 * again when all its ids stand right after that revision; without one, when the newest events with these ids are in the
 * stream. Partly the same is a conflict.
 */
export function checkAppend(
  stream: LoggedStream | undefined,
  expected: Expected,
  ids: readonly string[],
  newestWithId: (id: string) => LoggedEvent | undefined,
): Decision {
  if (stream?.tombstoned) return { kind: 'deleted' };
  const events = stream?.events ?? [];
  const current = BigInt(events.length - 1);
  const wrong: Decision = { kind: 'wrong-version', current };
  const write: Decision = { kind: 'write', current };

  if (expected === 'stream-exists') {
    if (stream?.softDeleted) return { kind: 'deleted' };
    if (current < 0n) return wrong;
  }
  if (typeof expected !== 'bigint' && expected !== 'no-stream') {
    const found = ids.map(newestWithId).map((event) => (event?.stream === events[0]?.stream ? event : undefined));
    const last = found.at(-1);
    if (!found[0]) return write;
    return found.every(Boolean) && last ? { kind: 'repeated', last } : wrong;
  }

  const wanted = expected === 'no-stream' ? -1n : expected;
  if (wanted > current) return wrong;
  if (wanted === current) return write;
  const there = events.slice(Number(wanted) + 1, Number(wanted) + 1 + ids.length);
  const last = there.at(-1);
  if (last && there.length === ids.length && there.every((event, index) => event.id === ids[index])) {
    return { kind: 'repeated', last };
  }
  return wanted === -1n && stream?.softDeleted && there[0]?.id !== ids[0] ? write : wrong;
}
