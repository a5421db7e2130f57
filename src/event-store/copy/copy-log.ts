import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BulkEventStore,
  type EventStore,
  isOpaque,
  type LogEvent,
  type Position,
  type StoredEvent,
} from '../event-store';
import { comparePositions } from '../position';
import { readable, upTo } from './readable';
import { holdsOthers, LogCopyRefused } from './refused';
import { WAVE_LIMITS, type WaveLimits, waves } from './waves';
import { writeWave } from './write-wave';

export type CopyRequest = {
  readonly source: Pick<EventStore, 'readAll'>;
  readonly target: BulkEventStore;
  /** The last event of the source to be copied; null when it has none. */
  readonly head: Position | null;
  /** Whether the target's `appendMany` writes in the order it is given, as Postgres does. */
  readonly together: boolean;
  readonly limits?: WaveLimits;
  /** Told of every event that is in the target, as it was (`there`) or since now (`copied`). */
  readonly onProgress?: (kind: 'there' | 'copied', events: number) => void;
};

export type Copied = {
  /** Written by this run. */
  readonly copied: number;
  /** Of an earlier run. */
  readonly there: number;
};

/** How long what was written may take until readers see it: other transactions on the server may be open. */
const SETTLE_MS = 60_000;
const SETTLE_POLL_MS = 50;

/**
 * Copies the source's events that can be read, in the order of its log, with everything they carry. The target is to be
 * the beginning of such a copy: that is read first, and then the copy goes on behind it. So a run that was cut off
 * anywhere is made whole by another one, and nothing is written twice. Memory is that of a wave.
 * @throws LogCopyRefused the target holds something else
 */
export async function copyLog(request: CopyRequest): Promise<Copied> {
  const { source, target, head, together, limits = WAVE_LIMITS, onProgress = () => undefined } = request;
  const counts = { copied: 0, there: 0 };
  const count = (kind: keyof typeof counts, events: number): void => {
    counts[kind] += events;
    onProgress(kind, events);
  };
  const events = head === null ? none() : readable(upTo(source.readAll(), head), () => undefined);
  const rest = behind(events, target.readAll(), () => {
    count('there', 1);
  });
  let last: Position | null = null;
  for await (const wave of waves(rest, limits)) {
    last = await writeWave(target, wave, together);
    count(
      'copied',
      wave.reduce((sum, append) => sum + append.events.length, 0),
    );
  }
  if (last !== null) await settled(target, last);
  return counts;
}

/**
 * Those of `events` that come after what is `there`, which must be the beginning of `events`.
 * @throws LogCopyRefused it is something else, or more
 */
async function* behind(
  events: AsyncIterable<StoredEvent>,
  there: AsyncIterable<LogEvent>,
  onThere: () => void,
): AsyncGenerator<StoredEvent> {
  const target = there[Symbol.asyncIterator]();
  try {
    let next = await target.next();
    for await (const event of events) {
      if (next.done === true) {
        yield event;
        continue;
      }
      checkSame(event, next.value);
      onThere();
      next = await target.next();
    }
    if (next.done !== true) throw holdsOthers(next.value.stream, next.value.revision);
  } finally {
    await target.return?.();
  }
}

function checkSame(event: StoredEvent, there: LogEvent): void {
  if (isOpaque(there)) {
    throw new LogCopyRefused(
      `The target holds an event that can't be read (${there.stream} at revision ${there.revision}): ${there.problem}`,
    );
  }
  const same = event.stream === there.stream && event.revision === there.revision;
  if (!same || event.eventId.toLowerCase() !== there.eventId.toLowerCase()) {
    throw holdsOthers(there.stream, there.revision);
  }
}

async function settled(target: BulkEventStore, last: Position): Promise<void> {
  for (let waited = 0; waited < SETTLE_MS; waited += SETTLE_POLL_MS) {
    const head = await target.head();
    if (head !== null && comparePositions(head, last) >= 0) return;
    await sleep(SETTLE_POLL_MS);
  }
  throw new LogCopyRefused(
    'All events are written, but an open transaction on the server of the target keeps the last ones from being read: ' +
      'end it, then run the copy again to compare both logs.',
  );
}

async function* none(): AsyncGenerator<StoredEvent> {
  // There is nothing to copy.
}
