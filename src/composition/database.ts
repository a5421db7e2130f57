import { applyReadModelSchema } from '../../projections';
import { migrateEventLog } from '../event-store/postgres/postgres-event-store';
import { snapshotSchema } from '../event-store/postgres/snapshots';
import { applySchema, createPool, type Pool } from '../platform/database';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logging';
import { openPostgres } from '../platform/postgres';
import type { Settings } from '../platform/settings';
import { applyDisclosuresSchema } from '../records/disclosures';
import { applyEffectLedgerSchema } from '../records/effect-ledger';
import { applyIdempotencySchema } from '../records/idempotency';
import { applyPreferencesSchema } from '../records/preferences';

export type Database = { readonly pool: Pool; readonly connectionString: string };

/** The Postgres that the settings mean, with every table this release needs. Stopped by the life cycle. */
export async function openDatabase(settings: Settings, logger: Logger, lifecycle: Lifecycle): Promise<Database> {
  const notice = (sentence: string): void => {
    logger.info(sentence);
  };
  const postgres = await openPostgres(settings, notice, (error) => {
    logger.fatal({ err: error }, 'the database is gone');
    process.exit(1);
  });
  lifecycle.onStop('the embedded database', postgres.stop);
  const pool = createPool(postgres.connectionString, (error) => {
    logger.warn({ err: error }, 'a database connection broke');
  });
  lifecycle.onStop('the database pool', () => pool.end());
  await migrateEventLog(pool);
  await applySchema(pool, snapshotSchema);
  await applyIdempotencySchema(pool);
  await applyDisclosuresSchema(pool);
  await applyEffectLedgerSchema(pool);
  await applyPreferencesSchema(pool);
  await applyReadModelSchema(pool);
  return { pool, connectionString: postgres.connectionString };
}
