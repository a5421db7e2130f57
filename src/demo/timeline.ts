import type { Instant } from '../engagement/values';
import type { DemoClock } from './demo-clock';
import type { Progress } from './print/progress-bar';

/** Something that is recorded at an instant; `size` in events, about. */
export type Entry = { readonly at: Instant; readonly size: number; readonly play: () => Promise<void> };

/** Plays everything in the order of time, on one clock that only goes forward. Rejects when `signal` aborts it. */
export async function playTimeline(
  entries: readonly Entry[],
  clock: DemoClock,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const inOrder = [...entries].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  for (const { at, size, play } of inOrder) {
    signal.throwIfAborted();
    clock.moveTo(at);
    await play();
    progress.forward(size, at.slice(0, 7));
  }
}
