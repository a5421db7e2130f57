import {
  AppendOutcomeUnknown,
  type Append,
  type BulkEventStore,
  type Position,
  WrongExpectedRevision,
} from '../event-store';
import { holdsOthers, LogCopyRefused } from './refused';

const TRIES = 5;

/**
 * Brings the wave's events into the target in their order, where some of them may be already: what an earlier run wrote
 * is left as it is. Answers with the place of the last one.
 *
 * @param together whether the target's `appendMany` writes in the order it is given; else one append waits for the other
 * @throws LogCopyRefused the target holds other events there
 */
export async function writeWave(
  target: BulkEventStore,
  wave: readonly Append[],
  together: boolean,
): Promise<Position | null> {
  let last: Position | null = null;
  for (const appends of together ? [wave] : wave.map((append) => [append])) last = await write(target, appends);
  return last;
}

async function write(target: BulkEventStore, appends: readonly Append[]): Promise<Position | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      return (await target.appendMany(appends)).at(-1)?.position ?? null;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) break;
      if (!(error instanceof AppendOutcomeUnknown) || tries === TRIES) throw error;
    }
  }
  let last: Position | null = null;
  for (const append of appends) last = await writeMissing(target, append);
  return last;
}

async function writeMissing(target: BulkEventStore, append: Append): Promise<Position | null> {
  const { stream, expectedRevision, events } = append;
  const first = expectedRevision === 'no-stream' ? 0n : expectedRevision + 1n;
  const actual = (await target.streamRevision(stream)) ?? -1n;
  if (actual < first - 1n) {
    throw new LogCopyRefused(
      `Stream ${stream} goes on at revision ${first} in the source, and ends at ${actual} in the target: ` +
        'the events between them are missing in the source.',
    );
  }
  let at = first;
  let position: Position | null = null;
  for await (const there of target.readStream(stream, { from: first, limit: events.length })) {
    const ours = events[Number(at - first)];
    if (ours?.eventId.toLowerCase() !== there.eventId.toLowerCase()) throw holdsOthers(stream, at);
    position = there.position;
    at += 1n;
  }
  const missing = events.slice(Number(at - first));
  if (missing.length === 0) return position;
  return (await target.append(stream, at === 0n ? 'no-stream' : at - 1n, missing)).position;
}
