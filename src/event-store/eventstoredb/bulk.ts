import type { Append, AppendResult } from '../event-store';

/** So many streams are written to at the same time. */
const CONCURRENCY = 32;

/**
 * Appends to many streams at the same time, to each in the order given. Begins nothing more after a failure.
 * @throws what `append` throws, for the first of `appends` that failed
 */
export async function appendAll(
  append: (append: Append) => Promise<AppendResult>,
  appends: readonly Append[],
): Promise<AppendResult[]> {
  const results: AppendResult[] = [];
  const failures = new Map<number, unknown>();
  const queues = byStream(appends);
  const worker = async () => {
    for (let queue = queues.pop(); queue; queue = queues.pop()) {
      for (const [index, one] of queue) {
        if (failures.size > 0) return;
        try {
          results[index] = await append(one);
        } catch (error) {
          failures.set(index, error);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const [first] = [...failures.keys()].sort((a, b) => a - b);
  if (first !== undefined) throw failures.get(first);
  return results;
}

/** Last stream first, to be taken from the end. */
function byStream(appends: readonly Append[]): (readonly [index: number, append: Append])[][] {
  const queues = new Map<string, (readonly [number, Append])[]>();
  for (const [index, append] of appends.entries()) {
    const queue = queues.get(append.stream) ?? [];
    queue.push([index, append]);
    queues.set(append.stream, queue);
  }
  return [...queues.values()].reverse();
}
