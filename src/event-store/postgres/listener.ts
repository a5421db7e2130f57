import { Client } from 'pg';
import { backOff, type Backoff } from '../backoff';

/** A counter that goes up whenever there may be something new in the log. */
export type Listener = {
  count(): number;
  /** Resolves when the counter is no longer `seen`, when `ms` have passed or when `signal` aborts. */
  changed(seen: number, ms: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/**
 * One connection that listens for appends, from the first time someone waits until `close`. When it breaks it is made
 * again, and everybody looks once: what was appended in between was not announced.
 */
export function createListener(
  connectionString: string,
  backoff: Backoff,
  onProblem: (error: Error) => void,
): Listener {
  const waiting = new Set<() => void>();
  const closing = new AbortController();
  let count = 0;
  let running: Promise<void> | undefined;

  function bump(): void {
    count += 1;
    for (const wake of waiting) wake();
  }

  async function run(): Promise<void> {
    let attempt = 0;
    while (!closing.signal.aborted) {
      try {
        await listen(connectionString, closing.signal, () => {
          attempt = 0;
          bump();
        });
      } catch (error) {
        onProblem(error instanceof Error ? error : new Error(String(error)));
        await backOff(backoff, attempt, closing.signal);
        attempt += 1;
      }
    }
  }

  return {
    count: () => count,
    changed: (seen, ms, signal) => {
      running ??= run();
      if (count !== seen || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
    close: async () => {
      closing.abort();
      bump();
      await running;
    },
  };
}

/** Listens until `signal` aborts; rejects when the connection breaks. `onNews` also when listening has begun. */
async function listen(connectionString: string, signal: AbortSignal, onNews: () => void): Promise<void> {
  const client = new Client({ connectionString, application_name: 'cairn listener', keepAlive: true });
  let stop: () => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    stop = resolve;
    client.once('error', reject);
    client.once('end', () => {
      reject(new Error('The listening connection ended'));
    });
  });
  signal.addEventListener('abort', stop);
  ended.catch(() => undefined);
  client.on('error', () => undefined);
  client.on('notification', onNews);
  try {
    await Promise.race([client.connect(), ended]);
    await Promise.race([client.query('LISTEN event_log'), ended]);
    if (!signal.aborted) onNews();
    await ended;
  } finally {
    // The signal outlives many connections.
    signal.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
  }
}
