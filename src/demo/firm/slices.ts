import type { Append, NewEvent } from '../../event-store/event-store';
import type { Instant } from '../../engagement/values';
import type { FirmStream } from './generate';

/** What the firm recorded in one month. */
export type Slice = {
  /** When the newest event of it was recorded. */
  readonly until: Instant;
  /** What comes after what, for each stream that grew in that month. */
  readonly appends: readonly Append[];
  readonly events: number;
};

/** The streams of the firm cut into months, the first month first. */
export function sliceByMonth(streams: readonly FirmStream[]): readonly Slice[] {
  const months = new Map<string, Append[]>();
  for (const { stream, events } of streams) {
    for (let from = 0; from < events.length;) {
      const month = monthOf(events[from]);
      let to = from + 1;
      while (to < events.length && monthOf(events[to]) === month) to += 1;
      const expectedRevision = from === 0 ? 'no-stream' : BigInt(from - 1);
      const appends = months.get(month) ?? [];
      appends.push({ stream, expectedRevision, events: events.slice(from, to) });
      months.set(month, appends);
      from = to;
    }
  }
  return [...months.keys()].sort().map((month) => toSlice(months.get(month) ?? []));
}

function toSlice(appends: readonly Append[]): Slice {
  const ends = appends.map((append) => append.events.at(-1)?.metadata.recordedAt ?? '');
  return {
    until: ends.reduce((latest, end) => (end > latest ? end : latest), ''),
    appends,
    events: appends.reduce((sum, append) => sum + append.events.length, 0),
  };
}

const monthOf = (event: NewEvent | undefined): string => event?.metadata.recordedAt.slice(0, 7) ?? '';
