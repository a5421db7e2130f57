import type { Id } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';

/** The tables there are to be asked for, with their columns in order; docs/analytics.md says what each means. */
export const analyticsViews = {
  adaptations: ['month', 'reason_code', 'adaptations', 'engagements'],
  barriers: ['category', 'barriers', 'open', 'resolved', 'median_open_days', 'mean_open_days'],
  slippage: ['against', 'from_days', 'to_days', 'milestones'],
  attainment: ['rater', 'from_t', 'to_t', 'engagements'],
  'check-ins': ['month', 'check_ins', 'held', 'missed', 'engagements'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type AnalyticsViewName = keyof typeof analyticsViews;

/** Whose engagements count: the tenant's, or only those that a coach has or a sponsor pays for. */
export type AnalyticsScope = {
  readonly tenantId: string;
  readonly coachId?: Id;
  readonly sponsorId?: Id;
  /** Rows over fewer clients than this are left out; default 1. */
  readonly minClients?: number;
};

export type AnalyticsRows = {
  readonly columns: readonly string[];
  /** Values in the order of the columns; counts and days are numbers. */
  readonly rows: readonly (readonly (string | number | null)[])[];
};

export async function readAnalyticsView(
  db: Queryable,
  view: AnalyticsViewName,
  { tenantId, coachId, sponsorId, minClients }: AnalyticsScope,
): Promise<AnalyticsRows> {
  const columns = analyticsViews[view];
  const { rows } = await db.query<(string | number | null)[]>({
    text: `SELECT ${columns.join(', ')} FROM analytics.${view.replace('-', '_')}($1, $2, $3, $4)`,
    values: [tenantId, coachId ?? null, sponsorId ?? null, minClients ?? 1],
    rowMode: 'array',
  });
  return { columns, rows };
}

export function isAnalyticsView(name: string): name is AnalyticsViewName {
  return Object.hasOwn(analyticsViews, name);
}
