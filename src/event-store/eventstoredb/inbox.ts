/** What comes in over one call of the client, taken when it suits the reader: what isn't taken holds up the server. */
export type Inbox<T> = {
  /** At most `max` of what is there already. */
  take(max: number): T[];
  /**
   * Waits until there may be more, for `ms` at most.
   * @throws what the call ended with, once everything before it has been taken.
   */
  wait(ms: number): Promise<'more' | 'ended' | 'silent'>;
  /** Ends the wait in progress. */
  wake(): void;
  /** Ends the call. */
  close(): void;
};

/** As much of a stream of objects as is used here. */
type Source = {
  read(): unknown;
  readonly readableLength: number;
  on(event: 'readable' | 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(): unknown;
};

/** `cancel` ends the call, which the client does for neither a reader that leaves nor one that fails. */
export function createInbox<T>(source: Source, cancel: () => Promise<void>): Inbox<T> {
  let failure: Error | undefined;
  let ended = false;
  let woken = false;
  let wakeUp: (() => void) | undefined;

  const wake = () => {
    woken = true;
    wakeUp?.();
  };
  source.on('readable', wake);
  source.on('end', () => {
    ended = true;
    wake();
  });
  // For as long as the source lives: it may fail twice, and an error that nobody hears would end the process.
  source.on('error', (error) => {
    failure ??= error;
    wake();
  });

  return {
    take: (max) => {
      const taken: T[] = [];
      while (taken.length < max) {
        const next = source.read() as T | null;
        if (next === null) break;
        taken.push(next);
      }
      return taken;
    },
    wait: async (ms) => {
      if (!woken && !failure && !ended) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wakeUp = undefined;
      }
      if (!woken && !failure && !ended) return 'silent';
      woken = false;
      if (source.readableLength > 0) return 'more';
      if (failure) throw failure;
      return ended ? 'ended' : 'more';
    },
    wake,
    close: () => {
      // Rejects when the call never came about.
      cancel().catch(() => undefined);
      source.destroy();
    },
  };
}
