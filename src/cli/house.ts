import { type Database, openDatabase } from '../composition/database';
import { openEventLog } from '../composition/event-log';
import type { BulkEventStore } from '../event-store/event-store';
import { readSettings, type Settings } from '../platform/settings';
import type { CliContext } from './command';

/** What an installation is made of, as the settings name it. */
export type House = { readonly settings: Settings; readonly database: Database; readonly store: BulkEventStore };

/** Closed by the life cycle. @throws StartError when something can't be reached */
export async function openHouse(context: CliContext): Promise<House> {
  const settings = readSettings(context.environment);
  const database = await joinDatabase(settings, context);
  const store = await openEventLog({ ...context, settings }, database);
  return { settings, database, store };
}

/** The Postgres that the settings mean; an embedded one that runs is joined, as any role of its own does. */
export function joinDatabase(settings: Settings, { logger, lifecycle }: CliContext): Promise<Database> {
  return openDatabase({ ...settings, role: 'worker' }, logger, lifecycle);
}
