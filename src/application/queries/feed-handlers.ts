import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../access/caller';
import type { EventStore, Position } from '../../event-store/event-store';
import { formatPosition, parsePosition } from '../../event-store/position';
import { type CloudEvent, eventTypeNamed } from '../../integrations/cloud-events/cloud-event';
import { type FeedFilter, followFeed, readFeed } from '../../integrations/feed/feed';
import { Refused } from '../refused';
import { EVENT_STORE, ON_UNREADABLE, type OnUnreadable } from '../tokens';
import type { JsonValue, PageOf } from './page';
import { type FeedPart, FollowFeed, ReadFeed } from './queries';

/** A place in the log, and in which log: a position of one log means nothing in another. */
type Place = readonly [logId: string, position: string | null];

@QueryHandler(ReadFeed)
export class ReadFeedHandler implements IQueryHandler<ReadFeed, PageOf<CloudEvent>> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(ON_UNREADABLE) private readonly onUnreadable: OnUnreadable,
  ) {}

  async execute({ params: { caller, page, types } }: ReadFeed): Promise<PageOf<CloudEvent>> {
    const filter = filterFor(caller, types);
    const logId = await this.store.logId();
    const after = positionAt(page.after, logId);
    const { items, upTo } = await readFeed(this.store, filter, { after, limit: page.limit }, this.onUnreadable);
    return { items: items.map(({ event }) => event), next: placeAt(logId, upTo) };
  }
}

@QueryHandler(FollowFeed)
export class FollowFeedHandler implements IQueryHandler<FollowFeed, AsyncIterable<FeedPart>> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(ON_UNREADABLE) private readonly onUnreadable: OnUnreadable,
  ) {}

  async execute({ params: { caller, types, after, signal } }: FollowFeed): Promise<AsyncIterable<FeedPart>> {
    const filter = filterFor(caller, types);
    const logId = await this.store.logId();
    const from = { after: positionAt(after, logId), signal };
    return parts(followFeed(this.store, filter, from, this.onUnreadable), logId);
  }
}

async function* parts(pages: ReturnType<typeof followFeed>, logId: string): AsyncGenerator<FeedPart> {
  for await (const { items, upTo } of pages) {
    yield {
      items: items.map(({ event, position }) => ({ event, place: placeAt(logId, position) })),
      upTo: placeAt(logId, upTo),
    };
  }
}

function filterFor({ tenantId, roles }: Caller, names: readonly string[]): FeedFilter {
  if (!roles.includes('admin'))
    throw new Refused('forbidden', 'The feed is for admins: ask with a token of that role.');
  const types = names.flatMap((name) => eventTypeNamed(name) ?? []);
  return { tenantId, types: names.length === 0 ? null : new Set<string>(types) };
}

function placeAt(logId: string, position: Position | null): JsonValue {
  return [logId, position && formatPosition(position)] satisfies Place;
}

/** @throws {Refused} the cursor was given out before the log was moved */
function positionAt(place: JsonValue | null, logId: string): Position | null {
  if (place === null) return null;
  // Whatever comes here was signed here.
  const [from, position] = place as Place;
  if (from === logId) return position === null ? null : parsePosition(position);
  const detail = 'The cursor belongs to a log that this one has replaced: begin again without it, or at an instant.';
  throw new Refused('invalid-request', detail, { path: 'after' });
}
