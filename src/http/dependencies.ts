import type { IdempotencyRecords } from '../records/idempotency';
import type { Clock } from '../platform/clock';
import type { Logger } from '../platform/logging';
import type { Metrics } from '../platform/metrics';
import type { AuthSettings } from '../platform/settings';
import type { Tracing } from '../platform/tracing';

/** How far the read models have come, as HTTP asks for it. */
type ReadSide = {
  /**
   * Whether every read model has passed the position of an event, at the latest after `timeoutMs`; null when the text
   * is no position.
   */
  readonly waitUntil: (eventPosition: string, timeoutMs: number) => Promise<boolean | null>;
  /**
   * How far all of them have come (the place before the first event when they are nowhere yet), and how old the oldest
   * event is that one of them lacks.
   */
  readonly position: () => Promise<{ readonly position: string; readonly lagMs: number }>;
};

/** What a program that serves HTTP hands in, whatever its role. */
export type OperationsDependencies = {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  /** Why the program can't do its work at the moment, one sentence each; empty when it can. */
  readonly faults: () => Promise<readonly string[]>;
};

/** What a program that serves the API hands in besides. */
export type ApiDependencies = OperationsDependencies & {
  readonly auth: AuthSettings;
  /** Signs cursors and dev tokens. */
  readonly secret: string;
  /** Requests a minute for each caller; undefined is no limit. */
  readonly rateLimit: number | undefined;
  readonly clock: Clock;
  /** IANA time zone in which days begin and end. */
  readonly timeZone: string;
  readonly idempotency: IdempotencyRecords;
  readonly readSide: ReadSide;
};

/** The token under which controllers get them. */
export const API_DEPENDENCIES = Symbol('API_DEPENDENCIES');
export const OPERATIONS_DEPENDENCIES = Symbol('OPERATIONS_DEPENDENCIES');
