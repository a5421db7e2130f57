export type Way = 'to-server' | 'to-client';

/** What a network does with what goes through it, until it is told otherwise. */
export type NetworkMode =
  /** Lets everything through. */
  | { readonly kind: 'clear' }
  /** Breaks every connection and every one that is tried. */
  | { readonly kind: 'down' }
  /** Loses everything and tells nobody: connections that met it stay open and dead, new ones are never answered. */
  | { readonly kind: 'half-open' }
  /** Holds back what goes one way, or both when none is named, and gives it out when the mode changes. */
  | { readonly kind: 'stalled'; readonly way?: Way }
  /** Passes everything on after a while, and no faster than so many bytes a second each way (default: no limit). */
  | { readonly kind: 'slow'; readonly delayMs: number; readonly bytesPerSecond?: number }
  /** Breaks the connection that carries the byte after so many (0: the next) one way, once; then it is clear. */
  | { readonly kind: 'reset'; readonly way: Way; readonly afterBytes: number };

export type ImposedMode = {
  /** How often something met it: a connection that was broken, a piece that was lost, held back or slowed. */
  readonly hits: number;
  /** Resolves when something has met it. */
  readonly met: Promise<void>;
};

/** The mode that a network is in, shared by all its connections. */
export type CurrentMode = {
  readonly mode: NetworkMode;
  impose(mode: NetworkMode): ImposedMode;
  hit(): void;
  /** How many bytes of a piece pass before the reset that is due; undefined when the whole piece does. */
  takeBytes(bytes: number): number | undefined;
  onChange(listener: () => void): () => void;
};

export function createCurrentMode(): CurrentMode {
  const listeners = new Set<() => void>();
  let mode: NetworkMode = { kind: 'clear' };
  let hits = { count: 0, met: (): void => undefined };
  let passed = 0;

  const change = (next: NetworkMode) => {
    mode = next;
    passed = 0;
    for (const listener of listeners) listener();
  };

  return {
    get mode() {
      return mode;
    },
    impose: (next) => {
      const counted = { count: 0, met: (): void => undefined };
      const met = new Promise<void>((resolve) => {
        counted.met = resolve;
      });
      hits = counted;
      change(next);
      return {
        get hits() {
          return counted.count;
        },
        met,
      };
    },
    hit: () => {
      hits.count += 1;
      hits.met();
    },
    takeBytes: (bytes) => {
      if (mode.kind !== 'reset') return undefined;
      const left = mode.afterBytes - passed;
      passed += bytes;
      if (bytes <= left) return undefined;
      change({ kind: 'clear' });
      return left;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
