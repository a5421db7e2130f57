import type { Position } from '../event-store';
import { comparePositions } from '../position';
import { positionOf, type Recorded } from './events';
import type { Reads } from './reads';
import type { StreamNames } from './stream-names';

/** The newest event of `$all`, whoever's it is. */
export async function endOf(reads: Reads): Promise<Position | null> {
  const [newest] = await reads.allBackwards(undefined, 1);
  return newest ? positionOf(newest) : null;
}

/** How far back it looks at first, and at most at once. The newest event is most often ours. */
const FIRST_PAGE = 4;
const LARGEST_PAGE = 1024;

/**
 * Tells the newest event of ours in `$all`, which ends with others' as a rule. What was looked through once is not looked
 * through again.
 */
export function createHead(reads: Reads, names: StreamNames): () => Promise<Position | null> {
  let known: { readonly ours: Position | null; readonly end: Position | undefined } = { ours: null, end: undefined };

  return async () => {
    const { ours, end } = known;
    let newest: Position | undefined;
    let before: Position | undefined;
    for (let size = FIRST_PAGE; ; size = Math.min(size * 8, LARGEST_PAGE)) {
      const page = await reads.allBackwards(before, size);
      const last = page.at(-1);
      const [first] = page;
      newest ??= first && positionOf(first);
      const found = page.find((event) => names.inPort(event.streamId) !== null && isAfter(event, end));
      if (found) return remember({ ours: positionOf(found), end: newest });
      // A short page may be one that was broken off, an empty one is the beginning of the log.
      if (last === undefined || !isAfter(last, end)) return remember({ ours, end: newest ?? end });
      before = positionOf(last);
    }
  };

  function remember(seen: typeof known): Position | null {
    if (seen.end && (!known.end || comparePositions(known.end, seen.end) < 0)) known = seen;
    return seen.ours;
  }
}

function isAfter(event: Recorded, place: Position | undefined): boolean {
  return place === undefined || comparePositions(positionOf(event), place) > 0;
}
