import { addDays } from '../engagement/calendar';
import type { IsoDate } from '../engagement/values';
import type { EventStore } from '../event-store/event-store';
import type { FirmStream } from './firm/generate';

/** The log of another data folder, such as one in EventStoreDB, outlives what the demo remembers of it. */
type Log = Pick<EventStore, 'readStream' | 'streamRevision'>;

/**
 * How much of the firm an earlier run left in the log: `part` may be nothing, and what is missing can be played;
 * a firm that led up to another day stays as it is.
 */
export type EarlierRun = 'part' | 'all' | { readonly upTo: IsoDate };

/**
 * @param firm as it is to be played; the first stream is that of the person who is registered first
 * @param days from the first day of the firm to the one it leads up to
 */
export async function findEarlierRun(log: Log, firm: readonly FirmStream[], days: number): Promise<EarlierRun> {
  if (await holdsAll(log, firm)) return 'all';
  for (const { stream, events } of [...firm.slice(0, 1), ...firm.slice(-1)]) {
    let at = 0;
    for await (const found of log.readStream(stream, { limit: events.length })) {
      const played = events[at];
      if (found.eventId !== played?.eventId || found.metadata.recordedAt !== played.metadata.recordedAt) {
        return { upTo: addDays(await firstDay(log, firm), days) };
      }
      at += 1;
    }
  }
  return 'part';
}

async function holdsAll(log: Log, firm: readonly FirmStream[]): Promise<boolean> {
  for (const { stream, events } of [...firm].reverse()) {
    const revision = await log.streamRevision(stream);
    if (revision === null || revision < BigInt(events.length - 1)) return false;
  }
  return true;
}

async function firstDay(log: Log, firm: readonly FirmStream[]): Promise<IsoDate> {
  for await (const { metadata } of log.readStream(firm[0]?.stream ?? '', { limit: 1 })) {
    return metadata.recordedAt.slice(0, 10);
  }
  throw new Error('The log holds engagements of the demo and none of its people.');
}
