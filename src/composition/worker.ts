import { join } from 'node:path';
import { currentFacts } from '../application/queries/current-facts';
import { engagementFold } from '../application/commands/engagement-commands';
import { createStreamStates } from '../application/commands/stream-states';
import { engagementStream } from '../application/streams';
import type { EventStore } from '../event-store/event-store';
import { createPostgresSnapshots } from '../event-store/postgres/snapshots';
import type { Mailer } from '../jobs/mail/mail';
import { outboxMailer } from '../jobs/mail/outbox';
import { probeSmtp, smtpMailer } from '../jobs/mail/smtp';
import type { NotifyDeps } from '../jobs/notify/deps';
import { startNotifications } from '../jobs/notify/start';
import { measureQueues } from '../jobs/queue-metrics';
import { openQueues, type Queues } from '../jobs/queues';
import type { Clock } from '../platform/clock';
import type { Lifecycle } from '../platform/lifecycle';
import type { Logger } from '../platform/logging';
import type { Metrics } from '../platform/metrics';
import type { Settings } from '../platform/settings';
import { createEffectLedger } from '../records/effect-ledger';
import type { Database } from './database';

/** What a process that works on what is due stands on. */
export type WorkerParts = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly database: Database;
  readonly store: EventStore;
  readonly metrics: Metrics;
};

/**
 * Works on what is due from now on, until the life cycle stops it. Answers what to ask for why it can't at the moment.
 * @throws StartError when Redis or the mail server can't be used
 */
export async function startWorker(parts: WorkerParts): Promise<() => Promise<readonly string[]>> {
  const { settings, logger, lifecycle, database, metrics } = parts;
  const queues = await openJobQueues(parts);
  const mailer = await openMailer(settings, logger);
  measureQueues(metrics, queues, database.pool);
  await startNotifications(queues, notifyDeps(parts, mailer), lifecycle);
  return () => faultsOf(queues);
}

/** The queues that the settings mean. */
export function openJobQueues({
  settings,
  database,
  logger,
}: Pick<WorkerParts, 'settings' | 'database' | 'logger'>): Promise<Queues> {
  const { pool, connectionString } = database;
  const pingDatabase = async (): Promise<void> => {
    await pool.query('SELECT 1');
  };
  return openQueues({ redisUrl: settings.redisUrl, connectionString, pingDatabase, logger });
}

/** What notifications stand on in this house. */
export function notifyDeps(
  { settings, clock, logger, database, store }: Omit<WorkerParts, 'lifecycle' | 'metrics'>,
  mailer: Mailer,
): NotifyDeps {
  const { pool } = database;
  const { timeZone, noContactWeeks, publicUrl } = settings;
  const states = createStreamStates(store, createPostgresSnapshots(pool), engagementFold(timeZone), logger);
  return {
    db: pool,
    clock,
    settings: { timeZone, noContactWeeks },
    ledger: createEffectLedger(pool),
    mailer,
    publicUrl,
    logger,
    newest: async (tenantId, engagementId) => (await states.load(engagementStream(tenantId, engagementId))).state,
    facts: async (tenantId, ids) => {
      const found = await currentFacts(pool, tenantId, ids);
      return new Map([...found].map(([id, { facts }]) => [id, facts]));
    },
  };
}

async function openMailer({ smtpUrl, mailFrom, dataDir }: Settings, logger: Logger): Promise<Mailer> {
  if (smtpUrl !== undefined) {
    await probeSmtp(smtpUrl);
    return smtpMailer(smtpUrl, mailFrom);
  }
  const folder = join(dataDir, 'outbox');
  logger.info({ folder }, 'SMTP_URL is not set: letters are written into files instead of being sent');
  return outboxMailer(folder, mailFrom);
}

async function faultsOf(queues: Queues): Promise<readonly string[]> {
  try {
    await queues.ping();
    return [];
  } catch {
    return [`The queues in ${queues.backend === 'redis' ? 'Redis' : 'Postgres'} can't be reached.`];
  }
}
