import type { Instant } from '../../../engagement/values';

export type AnalyticsTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  readonly position: string | null;
  readonly lagEvents: number;
  readonly lagMs: number;
  readonly parked: number;
  readonly state: 'live' | 'rebuilding' | 'stopped';
  readonly reader: {
    readonly state: 'live' | 'catching-up' | 'reconnecting';
    readonly since: Instant;
    readonly attempts: number;
    readonly lastError: string | null;
  };
};
