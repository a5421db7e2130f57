import { columnName, scopeTypes, type Scope } from '../../projections/engine/table';
import type { Position } from '../event-store/event-store';
import { subjectIn, subjectOf, type Subject } from './subject';
import { modelsIn, tableIn, type Verification } from './verification';

/**
 * Where a walk over all streams has come to: first along the log, where each stream begins with its revision 0, then
 * along the rows, for those of streams that are not in the log.
 */
export type WalkPlace =
  | { readonly along: 'log'; readonly after: Position | null }
  | { readonly along: 'rows'; readonly scope: Scope; readonly after: Subject | null };

export type WalkStep = {
  /** To be verified; may be empty. */
  readonly streams: readonly string[];
  readonly eventsPassed: number;
  /** Null at the end of the walk. */
  readonly next: WalkPlace | null;
};

export const START_OF_WALK: WalkPlace = { along: 'log', after: null };

const EVENTS_A_STEP = 5_000;

/** The next step of a walk, with at most so many streams; it passes a limited number of events, or of rows' subjects. */
export async function walkOn(verification: Verification, place: WalkPlace, atMost: number): Promise<WalkStep> {
  return place.along === 'log'
    ? alongLog(verification, place.after, atMost)
    : alongRows(verification, place.scope, place.after, atMost);
}

async function alongLog({ store }: Verification, after: Position | null, atMost: number): Promise<WalkStep> {
  const streams: string[] = [];
  let eventsPassed = 0;
  let last = after;
  for await (const event of store.readAll({ ...(after ? { after } : {}), limit: EVENTS_A_STEP })) {
    last = event.position;
    eventsPassed += 1;
    if (event.revision !== 0n || !subjectOf(event.stream)) continue;
    streams.push(event.stream);
    if (streams.length === atMost) return { streams, eventsPassed, next: { along: 'log', after: last } };
  }
  const isAtEnd = eventsPassed < EVENTS_A_STEP;
  const next: WalkPlace = isAtEnd
    ? { along: 'rows', scope: 'engagementId', after: null }
    : { along: 'log', after: last };
  return { streams, eventsPassed, next };
}

async function alongRows(
  verification: Verification,
  scope: Scope,
  after: Subject | null,
  atMost: number,
): Promise<WalkStep> {
  const subjects = await subjectsWithRows(verification, scope, after, atMost);
  const streams: string[] = [];
  for (const { stream } of subjects) {
    if ((await verification.store.streamRevision(stream)) === null) streams.push(stream);
  }
  const last = subjects.at(-1);
  if (subjects.length === atMost && last)
    return { streams, eventsPassed: 0, next: { along: 'rows', scope, after: last } };
  const next: WalkPlace | null =
    scope === 'engagementId' ? { along: 'rows', scope: 'participantId', after: null } : null;
  return { streams, eventsPassed: 0, next };
}

/** The next subjects that have a row in any of the tables, in the order of tenant and id. */
async function subjectsWithRows(
  verification: Verification,
  scope: Scope,
  after: Subject | null,
  limit: number,
): Promise<readonly Subject[]> {
  const tables = modelsIn(verification).flatMap((model) => (model.scope === scope ? model.tables : []));
  if (tables.length === 0) return [];
  const id = columnName(scope);
  const condition = after ? `WHERE (tenant_id, ${id}) > ($2, $3::${scopeTypes[scope]})` : '';
  const ofTables = tables.map(
    ({ name }) =>
      `(SELECT DISTINCT tenant_id, ${id} AS id FROM ${tableIn(verification, name)} ${condition}
        ORDER BY tenant_id, id LIMIT $1)`,
  );
  const { rows } = await verification.pool.query<{ readonly tenantId: string; readonly id: string }>(
    `SELECT tenant_id AS "tenantId", id::text AS id FROM (${ofTables.join(' UNION ')}) subjects
     ORDER BY subjects.tenant_id, subjects.id LIMIT $1`,
    after ? [limit, after.tenantId, after.id] : [limit],
  );
  return rows.map((row) => subjectIn(scope, row.tenantId, row.id));
}
