import { engagementCatalogue } from '../engagement/catalogue';
import { createCodec, withUpcasting } from '../event-store/codec';
import type { BulkEventStore } from '../event-store/event-store';
import { checkEventStoreDb } from '../event-store/eventstoredb/check';
import {
  createEventStoreDbEventStore,
  type EventStoreDbUse,
} from '../event-store/eventstoredb/eventstoredb-event-store';
import { createPostgresEventStore } from '../event-store/postgres/postgres-event-store';
import { participantCatalogue } from '../participants/events';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logging';
import type { EventStoreSettings, Settings } from '../platform/settings';
import type { Database } from './database';

type LogOptions = {
  readonly settings: Pick<Settings, 'eventStore'>;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly eventStoreDb?: EventStoreDbUse;
};

/**
 * The log of record that the settings mean, with every event in today's version. Closed by the life cycle.
 * @throws StartError when it can't be reached
 */
export async function openEventLog(
  { settings, logger, lifecycle, eventStoreDb }: LogOptions,
  database: Database,
): Promise<BulkEventStore> {
  // No event type has had a second version yet, so there is nothing to upcast.
  const codec = createCodec({ ...engagementCatalogue, ...participantCatalogue }, []);
  const store = withUpcasting(await openStore(settings.eventStore, database, logger, eventStoreDb), codec);
  lifecycle.onStop('the event store', () => store.close());
  return store;
}

/** The log as it is stored, without upcasting: what is copied from one to another. @throws StartError */
export async function openStore(
  settings: EventStoreSettings,
  database: Database,
  logger: Logger,
  use?: EventStoreDbUse,
): Promise<BulkEventStore> {
  switch (settings.kind) {
    case 'postgres':
      return createPostgresEventStore({ ...database, onProblem: warning(logger) });
    case 'eventstoredb':
      return openEventStoreDb(settings.url, logger, use);
  }
}

/** The same on the EventStoreDB at `url`, which answers by then. @throws StartError */
export async function openEventStoreDb(
  url: string,
  logger: Logger,
  use: EventStoreDbUse = {},
): Promise<BulkEventStore> {
  await checkEventStoreDb(url);
  return createEventStoreDbEventStore({ ...use, url, onProblem: warning(logger) });
}

function warning(logger: Logger): (error: Error) => void {
  return (error) => {
    logger.warn({ err: error }, 'the event log could not be reached');
  };
}
