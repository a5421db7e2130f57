import type { Instant } from '../../engagement/values';

/** What is still going to happen, in the order of time. */
export type Agenda = {
  /** The present: the instant of what is being done. */
  readonly now: () => Instant;
  /** Puts something on the agenda; what lies before the present is done next. */
  readonly add: (at: Instant, what: () => void) => void;
  /** Does everything up to, not including, `until`, also what is added meanwhile. */
  readonly run: (until: Instant) => void;
};

export function createAgenda(start: Instant): Agenda {
  const entries: { at: Instant; what: () => void }[] = [];
  let present = start;

  return {
    now: () => present,
    add: (at, what) => {
      const before = entries.findLastIndex((entry) => entry.at <= at);
      entries.splice(before + 1, 0, { at, what });
    },
    run: (until) => {
      for (let next = entries[0]; next !== undefined && next.at < until; next = entries[0]) {
        entries.shift();
        if (next.at > present) present = next.at;
        next.what();
      }
    },
  };
}
