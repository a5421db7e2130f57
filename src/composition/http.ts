import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ReadSide } from '../../projections/engine/read-side';
import { version } from '../../package.json';
import { ApplicationModule } from '../application/application.module';
import type { EventStore } from '../event-store/event-store';
import { formatPosition, parsePosition } from '../event-store/position';
import { createPostgresSnapshots } from '../event-store/postgres/snapshots';
import { configureApi, configureOperations, createApiAdapter, createOperationsAdapter } from '../http/configure';
import type { ApiDependencies, OperationsDependencies } from '../http/dependencies';
import { HttpModule, OperationsModule } from '../http/http.module';
import type { Clock } from '../platform/clock';
import type { Pool } from '../platform/database';
import type { Lifecycle } from '../platform/lifecycle';
import { type Logger, nestLogger } from '../platform/logging';
import type { Metrics } from '../platform/metrics';
import { loadSecret } from '../platform/secret';
import type { Settings } from '../platform/settings';
import type { Tracing } from '../platform/tracing';
import { createIdempotencyRecords } from '../records/idempotency';
import { thinKeysDaily } from '../records/key-thinning';
import { createOnUnreadable } from './unreadable';

/** What a process that serves HTTP stands on. */
export type ServerParts = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly readSide: ReadSide;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  /** What keeps the process from its work beside a read side that stands still, one sentence each. */
  readonly faults: () => Promise<readonly string[]>;
};

/** The whole API, with health and metrics. */
export async function apiApp(parts: ServerParts): Promise<NestFastifyApplication> {
  const { settings, clock, logger, lifecycle, pool, store, readSide } = parts;
  const thinning = thinKeysDaily(pool, (error) => {
    logger.warn({ err: error }, 'old idempotency keys could not be deleted');
  });
  lifecycle.onStop('the thinning of idempotency keys', thinning);
  const { timeZone, activeGoalCap, noContactWeeks } = settings;
  const deps: ApiDependencies = {
    ...operationsDependencies(parts),
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
    tracing: parts.tracing,
    onUnreadable: createOnUnreadable(logger, parts.metrics, 'feed'),
  });
  const adapter = createApiAdapter(deps);
  const root = HttpModule.of(deps, application);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, nestOptions(logger));
  configureApi(app, version);
  return app;
}

/** Health and metrics of a process that does something else. */
export async function operationsApp(parts: ServerParts): Promise<NestFastifyApplication> {
  const deps = operationsDependencies(parts);
  const adapter = createOperationsAdapter(deps);
  const app = await NestFactory.create<NestFastifyApplication>(
    OperationsModule.of(deps),
    adapter,
    nestOptions(parts.logger),
  );
  configureOperations(app);
  return app;
}

function nestOptions(logger: Logger): NestApplicationOptions {
  // Bodies are read by the pipeline of src/http; an error while starting is to be thrown, not to end the process.
  return { logger: nestLogger(logger), bodyParser: false, abortOnError: false };
}

function operationsDependencies({ logger, readSide, metrics, tracing, faults }: ServerParts): OperationsDependencies {
  metrics.gauge('cairn_projection_lag_seconds', 'Age of the oldest event that a read model lacks', async () => {
    const { lagMs } = await readSide.position();
    return lagMs / 1_000;
  });
  return { logger, metrics, tracing, faults: async () => [...(await faultsOf(readSide)), ...(await faults())] };
}

async function faultsOf(readSide: ReadSide): Promise<readonly string[]> {
  try {
    const stopped = await readSide.stopped();
    return stopped.map((name) => `The projection ${name} has stopped: GET /v1/projections says why.`);
  } catch {
    return ["The database can't be reached."];
  }
}
