import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { LoggedEvent } from './logged';

export type EventFilter = (event: LoggedEvent) => boolean;

const HIDDEN = /^\$epoch-information$|^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/;

/** What `$all` shows to everyone: all but some of the server's own streams. */
export const visibleInAll: EventFilter = ({ stream }) => !stream.startsWith('$') || !HIDDEN.test(stream);

/** The filter of a request: by the prefixes or the pattern of the stream's name or of the event's type. */
export function createFilter(options: ReadReq.Options.FilterOptions): EventFilter {
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  const textOf = (event: LoggedEvent) => (byStream ? event.stream : event.type);
  const regex = expression?.getRegex();
  if (regex) {
    const pattern = new RegExp(regex);
    return (event) => visibleInAll(event) && pattern.test(textOf(event));
  }
  const prefixes = expression?.getPrefixList() ?? [];
  return (event) => visibleInAll(event) && prefixes.some((prefix) => textOf(event).startsWith(prefix));
}
