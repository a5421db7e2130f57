import { openEventStoreDb, openStore } from '../composition/event-log';
import type { BulkEventStore } from '../event-store/event-store';
import { readSettings, type Settings } from '../platform/settings';
import type { CliContext } from './command';
import { joinDatabase } from './house';

/** One end of a copy. */
export type LogEnd = { readonly kind: Settings['eventStore']['kind']; readonly url: string | undefined };

export const storeKinds: readonly LogEnd['kind'][] = ['postgres', 'eventstoredb'];

export const STORE_NAMES: Readonly<Record<LogEnd['kind'], string>> = {
  postgres: 'Postgres',
  eventstoredb: 'EventStoreDB',
};

const ADDRESS = { postgres: 'DATABASE_URL', eventstoredb: 'EVENTSTOREDB_URL' } as const;

/**
 * The log at that end as it is stored, closed by the life cycle. A Postgres gets the tables it lacks.
 * @throws StartError when it can't be reached
 */
export async function openLog({ kind, url }: LogEnd, context: CliContext): Promise<BulkEventStore> {
  const { environment, logger, lifecycle } = context;
  const address = url === undefined ? {} : { [ADDRESS[kind]]: url };
  const settings = readSettings({ ...environment, EVENT_STORE: kind, ...address });
  const store =
    settings.eventStore.kind === 'eventstoredb'
      ? await openEventStoreDb(settings.eventStore.url, logger)
      : await openStore(settings.eventStore, await joinDatabase(settings, context), logger);
  lifecycle.onStop('the event store', () => store.close());
  return store;
}
