import type { OpaqueEvent, Position, EventStore } from '../event-store';
import { chainDigest, contentOf } from './canonical';
import { readable, upTo } from './readable';

/** What a stream holds, in a few bytes: equal digests are equal events (id, type, schema version, data, metadata, revision). */
type StreamSurvey = { readonly events: number; readonly digest: string };

/** What a log holds; memory for each stream (some 300 bytes), not for each event. */
export type LogSurvey = {
  readonly events: number;
  readonly streams: ReadonlyMap<string, StreamSurvey>;
  /** Of the order in which the streams take turns. */
  readonly order: string;
  /** Not counted in the rest, in log order. */
  readonly unreadable: readonly OpaqueEvent[];
};

const NOTHING: LogSurvey = { events: 0, streams: new Map(), order: '', unreadable: [] };

/** Reads the whole log up to `head` (null: there is nothing). */
export async function surveyLog(
  store: Pick<EventStore, 'readAll'>,
  head: Position | null,
  onEvent: () => void,
): Promise<LogSurvey> {
  if (head === null) return NOTHING;
  const streams = new Map<string, StreamSurvey>();
  const unreadable: OpaqueEvent[] = [];
  let events = 0;
  let order = '';
  const all = readable(upTo(store.readAll(), head), (event) => {
    unreadable.push(event);
    onEvent();
  });
  for await (const event of all) {
    const known = streams.get(event.stream) ?? { events: 0, digest: '' };
    streams.set(event.stream, {
      events: known.events + 1,
      digest: chainDigest(known.digest, contentOf(event)),
    });
    order = chainDigest(order, `${event.stream} ${event.revision}`);
    events += 1;
    onEvent();
  }
  return { events, streams, order, unreadable };
}
