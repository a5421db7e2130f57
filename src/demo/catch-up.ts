import type { Position } from '../event-store/event-store';
import { StartError } from '../platform/start-error';
import { showProgress } from './print/progress-bar';

/** How far the read models are to come: to the newest event of the log. */
type Sides = {
  readonly store: { readonly head: () => Promise<Position | null> };
  readonly readSide: { readonly waitUntil: (position: Position, timeoutMs: number) => Promise<boolean> };
};

const PATIENCE_S = 120;

/** Resolves when the read models have passed everything that was recorded. @throws StartError after two minutes */
export async function catchUp({ store, readSide }: Sides, signal: AbortSignal): Promise<void> {
  const head = await store.head();
  if (head === null || (await readSide.waitUntil(head, 1000))) return;
  const progress = showProgress('projecting', PATIENCE_S);
  for (let second = 0; second < PATIENCE_S; second += 1) {
    if (await readSide.waitUntil(head, 1000)) {
      progress.done('the read models have passed the last event');
      return;
    }
    signal.throwIfAborted();
    progress.forward(1, '');
  }
  throw new StartError('The read models did not catch up in two minutes: see the log for what holds them up.');
}
