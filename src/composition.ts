import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { applyReadModelSchema, projections } from '../projections';
import { createProjectionEngine } from '../projections/engine/engine';
import { createReadSide, type ReadSide } from '../projections/engine/read-side';
import { version } from '../package.json';
import { ApplicationModule } from './application/application.module';
import { engagementCatalogue } from './engagement/catalogue';
import { createCodec, withUpcasting } from './event-store/codec';
import type { EventStore } from './event-store/event-store';
import { formatPosition, parsePosition } from './event-store/position';
import { createPostgresEventStore, migrateEventLog } from './event-store/postgres/postgres-event-store';
import { createPostgresSnapshots, snapshotSchema } from './event-store/postgres/snapshots';
import { configureApi, configureOperations, createApiAdapter, createOperationsAdapter } from './http/configure';
import type { ApiDependencies, OperationsDependencies } from './http/dependencies';
import { HttpModule, OperationsModule } from './http/http.module';
import { participantCatalogue } from './participants/events';
import type { Clock } from './platform/clock';
import { applySchema, createPool, type Pool } from './platform/database';
import type { Lifecycle } from './platform/lifecycle';
import { type Logger, nestLogger } from './platform/logging';
import { createMetrics } from './platform/metrics';
import { openPostgres } from './platform/postgres';
import { loadSecret } from './platform/secret';
import type { Settings } from './platform/settings';
import { listenStartError } from './platform/start-error';
import { applyDisclosuresSchema } from './records/disclosures';
import { applyIdempotencySchema, createIdempotencyRecords } from './records/idempotency';
import { thinKeysDaily } from './records/key-thinning';

/** What the program is made of, chosen by its settings. */
export type CairnOptions = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Stops what is started here, in the right order. */
  readonly lifecycle: Lifecycle;
};

export type RunningCairn = {
  /** Where it listens. */
  readonly url: string;
  readonly store: PostgresStore;
  readonly pool: Pool;
  readonly readSide: ReadSide;
};

type PostgresStore = ReturnType<typeof createPostgresEventStore>;

/** The house put together and running: the one place that knows all of its rooms. Stopped by the life cycle. */
export async function startCairn(options: CairnOptions): Promise<RunningCairn> {
  const { settings, logger, lifecycle } = options;
  const { pool, connectionString } = await openDatabase(options);
  // No event type has had a second version yet, so there is nothing to upcast.
  const codec = createCodec({ ...engagementCatalogue, ...participantCatalogue }, []);
  const onProblem = (error: Error): void => {
    logger.warn({ err: error }, 'the event log could not be reached');
  };
  const store = withUpcasting(createPostgresEventStore({ pool, connectionString, onProblem }), codec);
  lifecycle.onStop('the event store', () => store.close());
  const readSide = createReadSide({ pool, store, projections, clock: options.clock });
  lifecycle.onStop('the read side', readSide.close);
  if (settings.role !== 'api') startProjector(options, pool, store);
  const url = await listen(options, pool, store, readSide);
  return { url, store, pool, readSide };
}

async function openDatabase({ settings, logger, lifecycle }: CairnOptions): Promise<{
  pool: Pool;
  connectionString: string;
}> {
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
  await applyReadModelSchema(pool);
  return { pool, connectionString: postgres.connectionString };
}

function startProjector({ settings, logger, lifecycle }: CairnOptions, pool: Pool, store: EventStore): void {
  const engine = createProjectionEngine({ pool, store, projections, timeZone: settings.timeZone, logger });
  const ending = new AbortController();
  const running = engine.run(ending.signal);
  lifecycle.onStop('the projector', () => {
    ending.abort();
    return running;
  });
}

async function listen(options: CairnOptions, pool: Pool, store: PostgresStore, readSide: ReadSide): Promise<string> {
  const { settings, lifecycle } = options;
  const app = await (settings.role === 'projector'
    ? operationsApp(options, readSide)
    : apiApp(options, pool, store, readSide));
  lifecycle.onStop('the HTTP server', () => app.close());
  try {
    await app.listen(settings.port, settings.host);
  } catch (error) {
    throw listenStartError(error, settings.host, settings.port) ?? error;
  }
  return app.getUrl();
}

async function apiApp(
  options: CairnOptions,
  pool: Pool,
  store: PostgresStore,
  readSide: ReadSide,
): Promise<NestFastifyApplication> {
  const { settings, clock, logger, lifecycle } = options;
  const thinning = thinKeysDaily(pool, (error) => {
    logger.warn({ err: error }, 'old idempotency keys could not be deleted');
  });
  lifecycle.onStop('the thinning of idempotency keys', thinning);
  const { timeZone, activeGoalCap, noContactWeeks } = settings;
  const deps: ApiDependencies = {
    ...operationsDependencies(options, readSide),
    auth: settings.auth,
    secret: await loadSecret(pool, settings.secret),
    rateLimit: settings.rateLimit,
    clock,
    timeZone,
    idempotency: createIdempotencyRecords({ pool }),
    readSide: {
      position: async () => {
        const { position, lagMs } = await readSide.position();
        return { position: position ?? formatPosition({ commit: 0n, prepare: 0n }), lagMs };
      },
      waitUntil: async (text, timeoutMs) => {
        const position = parsePosition(text);
        return position && readSide.waitUntil(position, timeoutMs);
      },
    },
  };
  const application = ApplicationModule.on({
    pool,
    store,
    snapshots: createPostgresSnapshots(pool),
    readSide,
    clock,
    rules: { timeZone, activeGoalCap, noContactWeeks },
    logger,
  });
  const adapter = createApiAdapter(deps);
  const root = HttpModule.of(deps, application);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, nestOptions(logger));
  configureApi(app, version);
  return app;
}

async function operationsApp(options: CairnOptions, readSide: ReadSide): Promise<NestFastifyApplication> {
  const deps = operationsDependencies(options, readSide);
  const adapter = createOperationsAdapter(deps);
  const app = await NestFactory.create<NestFastifyApplication>(
    OperationsModule.of(deps),
    adapter,
    nestOptions(options.logger),
  );
  configureOperations(app);
  return app;
}

function nestOptions(logger: Logger): NestApplicationOptions {
  // Bodies are read by the pipeline of src/http; an error while starting is to be thrown, not to end the process.
  return { logger: nestLogger(logger), bodyParser: false, abortOnError: false };
}

function operationsDependencies({ logger }: CairnOptions, readSide: ReadSide): OperationsDependencies {
  const metrics = createMetrics(true);
  metrics.gauge('cairn_projection_lag_seconds', 'Age of the oldest event that a read model lacks', async () => {
    const { lagMs } = await readSide.position();
    return lagMs / 1_000;
  });
  return { logger, metrics, faults: () => faultsOf(readSide) };
}

async function faultsOf(readSide: ReadSide): Promise<readonly string[]> {
  try {
    const stopped = await readSide.stopped();
    return stopped.map((name) => `The projection ${name} has stopped: GET /v1/projections says why.`);
  } catch {
    return ["The database can't be reached."];
  }
}
