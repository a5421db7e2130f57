import {
  type EventStore,
  isOpaque,
  type LogEvent,
  type OpaqueEvent,
  type Position,
} from '../../event-store/event-store';
import { type CloudEvent, toCloudEvent } from '../cloud-events/cloud-event';

/** Whose events are wanted. */
export type FeedFilter = {
  readonly tenantId: string;
  /** Null: all that are published. */
  readonly types: ReadonlySet<string> | null;
};

type FeedItem = { readonly event: CloudEvent; readonly position: Position };

/** `upTo`: everything up to there has been looked at; null where nothing has been. */
export type FeedPage = { readonly items: readonly FeedItem[]; readonly upTo: Position | null };

/** Told of each event that is passed over because this code can't read it. */
type OnUnreadable = (event: OpaqueEvent) => void;

/** Others' events have to be read too: so many of the log at most, before an answer goes out. */
const LOOKED_AT = 2_000;
const BATCH = 100;

/**
 * At most `limit` events after `after`, in log order. An empty page whose `upTo` is later than `after` says no more than
 * that nothing was found so far.
 */
export async function readFeed(
  store: EventStore,
  filter: FeedFilter,
  page: { readonly after: Position | null; readonly limit: number; readonly lookedAt?: number },
  onUnreadable: OnUnreadable,
): Promise<FeedPage> {
  const { after, limit, lookedAt = LOOKED_AT } = page;
  const items: FeedItem[] = [];
  let upTo = after;
  for await (const event of store.readAll({ ...(after ? { after } : {}), limit: lookedAt })) {
    upTo = event.position;
    items.push(...chosen([event], filter, onUnreadable));
    if (items.length === limit) break;
  }
  return { items, upTo };
}

/** Every event after `after` in log order, and then those to come, until `signal` aborts. */
export async function* followFeed(
  store: EventStore,
  filter: FeedFilter,
  from: { readonly after: Position | null; readonly signal: AbortSignal },
  onUnreadable: OnUnreadable,
): AsyncGenerator<FeedPage & { readonly upTo: Position }> {
  const { after, signal } = from;
  for await (const { events, upTo } of store.subscribe({ ...(after ? { after } : {}), batchSize: BATCH, signal })) {
    yield { items: chosen(events, filter, onUnreadable), upTo };
  }
}

function chosen(
  events: readonly LogEvent[],
  { tenantId, types }: FeedFilter,
  onUnreadable: OnUnreadable,
): readonly FeedItem[] {
  return events.flatMap((event) => {
    if (isOpaque(event)) {
      onUnreadable(event);
      return [];
    }
    if (event.metadata.tenantId !== tenantId || (types && !types.has(event.type))) return [];
    const published = toCloudEvent(event);
    return published ? [{ event: published, position: event.position }] : [];
  });
}
