import type { EncodedAppend } from './encoded';

/** A group has at most so many events and bytes, but always one append at least. */
const GROUP_EVENTS = 500;
const GROUP_BYTES = 4 * 1024 * 1024;

type Waiting<T> = {
  readonly append: EncodedAppend;
  readonly resolve: (outcome: T | PromiseLike<T>) => void;
};

export type GroupQueue<T> = {
  add(append: EncodedAppend): Promise<T>;
  /** Resolves when nothing waits and no outcome is owed. */
  idle(): Promise<void>;
};

/**
 * Collects appends while a group is on its way and hands them to `send` together, never two to one stream. One group at
 * a time: a second one beside it would only make both smaller. `send` gives each append the promise of its outcome, so
 * that one which takes longer holds up nobody.
 */
export function createGroupQueue<T>(send: (group: readonly EncodedAppend[]) => Promise<Promise<T>[]>): GroupQueue<T> {
  let waiting: Waiting<T>[] = [];
  let sending = false;
  let scheduled = false;
  let owed = 0;
  let whenIdle: (() => void)[] = [];

  function schedule(): void {
    if (scheduled || sending || waiting.length === 0) return;
    scheduled = true;
    // After the promises that are due: callers whom the last group's answers woke come along.
    process.nextTick(() => {
      scheduled = false;
      void flush();
    });
  }

  async function flush(): Promise<void> {
    const [group, rest] = takeGroup(waiting);
    waiting = rest;
    sending = true;
    const outcomes = send(group.map((item) => item.append));
    group.forEach((item, index) => {
      item.resolve(outcomes.then((all) => all[index] ?? Promise.reject(new Error('An append was given no outcome'))));
    });
    await Promise.allSettled([outcomes]);
    sending = false;
    schedule();
  }

  function settled(): void {
    owed -= 1;
    if (owed > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  }

  return {
    add: (append) => {
      owed += 1;
      const outcome = new Promise<T>((resolve) => waiting.push({ append, resolve }));
      schedule();
      return outcome.finally(settled);
    },
    idle: () => (owed === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))),
  };
}

/** From the front of the queue as many as fit; a further append to a stream of the group waits for the next one. */
function takeGroup<T>(waiting: readonly Waiting<T>[]): [group: Waiting<T>[], rest: Waiting<T>[]] {
  const group: Waiting<T>[] = [];
  const rest: Waiting<T>[] = [];
  // Also of those left behind: an append never overtakes one to the same stream.
  const streams = new Set<string>();
  let events = 0;
  let bytes = 0;
  for (const item of waiting) {
    const { stream } = item.append;
    const fits = events + item.append.events.length <= GROUP_EVENTS && bytes + item.append.bytes <= GROUP_BYTES;
    if (streams.has(stream) || (group.length > 0 && !fits)) rest.push(item);
    else {
      group.push(item);
      events += item.append.events.length;
      bytes += item.append.bytes;
    }
    streams.add(stream);
  }
  return [group, rest];
}
