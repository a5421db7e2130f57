import type { status } from '@grpc/grpc-js';

/** `write` is every append, whichever way it came. A `subscribe` is a read that goes on. */
export type FaultyMethod =
  'append' | 'batchAppend' | 'write' | 'read' | 'subscribe' | 'delete' | 'tombstone' | 'gossip' | 'features';

/** What happens instead of the answer (a delay: before it). */
export type FaultEffect =
  /** The call ends with this status. An append that shares its call with others takes them along, as on a real server. */
  | {
      readonly kind: 'status';
      readonly code: status;
      readonly details?: string;
      readonly trailers?: Readonly<Record<string, string>>;
    }
  /** The server says in its own way that it gave up waiting. Only for writes. */
  | { readonly kind: 'timeout' }
  /** The connection of the call breaks. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer, and the connection stays open. */
  | { readonly kind: 'silence' };

export type Fault = {
  readonly method: FaultyMethod;
  /** Before the server does anything (default), or after: an append is in the log then and its answer is lost. */
  readonly when?: 'before' | 'after';
  /** A read or subscription meets the fault after so many events instead. */
  readonly afterEvents?: number;
  /** How many calls pass unharmed first. Default 0. */
  readonly skip?: number;
  /** How many calls meet it. Default 1. */
  readonly times?: number;
  readonly does: FaultEffect;
};

export type InjectedFault = {
  /** How many calls have met it. */
  readonly hits: number;
  remove(): void;
};

/** How a handler lets a fault happen to its call. */
export type FaultyCall = {
  end(effect: Extract<FaultEffect, { kind: 'status' }>): void;
  giveUp(): void;
  disconnect(): void;
};

export type Faults = {
  readonly inject: (fault: Fault) => InjectedFault;
  /** How often what happened, by `method effect`, e.g. `batchAppend reset`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly count: (what: string, times?: number) => void;
  /** The fault that the next call of a method meets. */
  readonly take: (method: FaultyMethod, kind?: 'write') => Fault | undefined;
  /** Lets it happen. Resolves to whether the call goes on. */
  readonly happen: (method: FaultyMethod, fault: Fault, call: FaultyCall) => Promise<boolean>;
  /** Forgets every fault and ends every delay at once; those calls are never answered. */
  readonly clear: () => void;
};

export function createFaults(): Faults {
  const waiting = new Set<{ fault: Fault; skip: number; times: number; hits: number }>();
  const delays = new Set<{ timer: NodeJS.Timeout; end: () => void }>();
  const counts: Record<string, number> = {};
  const count = (what: string, times = 1) => {
    counts[what] = (counts[what] ?? 0) + times;
  };

  const delay = (ms: number) =>
    new Promise<boolean>((resolve) => {
      const done = (goesOn: boolean) => {
        clearTimeout(entry.timer);
        delays.delete(entry);
        resolve(goesOn);
      };
      const entry = {
        timer: setTimeout(() => {
          done(true);
        }, ms),
        end: () => {
          done(false);
        },
      };
      delays.add(entry);
    });

  return {
    counts,
    count,
    inject: (fault) => {
      const entry = { fault, skip: fault.skip ?? 0, times: fault.times ?? 1, hits: 0 };
      waiting.add(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove: () => waiting.delete(entry),
      };
    },
    take: (method, kind) => {
      for (const entry of waiting) {
        if (entry.fault.method !== method && entry.fault.method !== kind) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.hits += 1;
        if (entry.hits >= entry.times) waiting.delete(entry);
        return entry.fault;
      }
      return undefined;
    },
    happen: async (method, { does }, call) => {
      count(`${method} ${does.kind}`);
      switch (does.kind) {
        case 'delay':
          return delay(does.ms);
        case 'status':
          call.end(does);
          break;
        case 'timeout':
          call.giveUp();
          break;
        case 'reset':
          call.disconnect();
          break;
        case 'silence':
          break;
      }
      return false;
    },
    clear: () => {
      waiting.clear();
      for (const { end } of delays) end();
    },
  };
}
