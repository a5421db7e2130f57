import type { Id, Instant, IsoDate } from '../../src/engagement/values';
import type { Queryable } from '../../src/platform/database';

export type DueRule =
  | 'check-in-tomorrow'
  | 'check-in-unrecorded'
  | 'milestone-overdue'
  | 'action-overdue'
  | 'no-contact'
  | 'plan-not-agreed'
  | 'ending-soon';

/** Something that is due, and whose it is. Equal to what `src/jobs/due` finds in the engagement's state (a test compares them). */
export type DueRow = {
  readonly rule: DueRule;
  readonly tenantId: string;
  readonly engagementId: Id;
  readonly clientId: Id;
  readonly coachId: Id;
  /** The check-in, milestone or action; null: the engagement. */
  readonly about: Id | null;
  /** Of an action. */
  readonly owner: 'client' | 'coach' | 'sponsor' | null;
  /** The instant of a check-in; else the date that makes it due: it was due on, since, or ends on. */
  readonly on: Instant;
};

export type DueTerms = {
  readonly now: Instant;
  /** In the tenant's time zone. */
  readonly today: IsoDate;
  readonly timeZone: string;
  readonly noContactWeeks: number;
};

const dayIn = (instant: string): string => `(${instant} AT TIME ZONE $3)::date`;
const day = (date: string): string => `to_char(${date}, 'YYYY-MM-DD')`;
const instant = (at: string): string => `to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const of = 'e.tenant_id, e.engagement_id, e.client_id, e.coach_id';
const sameAs = (one: string, other: string): string =>
  `${other}.tenant_id = ${one}.tenant_id AND ${other}.engagement_id = ${one}.engagement_id`;
const same = (alias: string): string => sameAs('e', alias);
const midnight = (date: string): string => `((${date})::timestamp AT TIME ZONE $3)`;

/**
 * One SELECT a rule, over `e`, the engagements that are looked at. $1 is now, $2 today, $3 the time zone, $4 the weeks.
 * "Tomorrow" is a matter of the recipient's time zone: those of the next two days and a half are candidates.
 *
 * What few rows are left with is looked up for each of them, in subqueries that the planner can't turn into joins of
 * whole tables: it takes columns that go together for independent ones, and such joins for small. The second condition
 * of 'no-contact' only spares most engagements the reckoning.
 */
const SELECTS: Readonly<Record<DueRule, string>> = {
  'check-in-tomorrow': `
    SELECT ${of}, c.check_in_id, NULL::text, ${instant('c.scheduled_for')}
    FROM read_model.check_ins c JOIN e ON ${same('c')}
    WHERE c.state = 'scheduled' AND c.scheduled_for > $1::timestamptz
      AND c.scheduled_for < $1::timestamptz + interval '60 hours' AND e.status NOT IN ('completed', 'ended-early')`,
  'check-in-unrecorded': `
    SELECT ${of}, c.check_in_id, NULL::text, ${instant('c.scheduled_for')}
    FROM read_model.check_ins c JOIN e ON ${same('c')}
    WHERE c.state = 'scheduled' AND c.scheduled_for < ${midnight('$2::date')}
      AND e.status IN ('active', 'paused')`,
  'milestone-overdue': `
    SELECT ${of}, m.milestone_id, NULL::text, ${day('m.due_on')}
    FROM read_model.milestones m JOIN e ON ${same('m')}
    WHERE m.state IN ('planned', 'missed') AND m.due_on < $2::date AND e.status = 'active'
      AND (SELECT g.lifecycle FROM read_model.goals g WHERE ${sameAs('m', 'g')} AND g.goal_id = m.goal_id) = 'active'`,
  'action-overdue': `
    SELECT ${of}, a.action_id, a.owner, ${day('a.due_on')}
    FROM read_model.actions a JOIN e ON ${same('a')}
    WHERE a.state = 'open' AND a.due_on < $2::date AND e.status = 'active'
      AND (SELECT g.lifecycle
           FROM read_model.milestones m
           JOIN read_model.goals g ON ${sameAs('m', 'g')} AND g.goal_id = m.goal_id
           WHERE ${sameAs('a', 'm')} AND m.milestone_id = a.milestone_id) = 'active'`,
  'no-contact': `
    SELECT ${of}, NULL::uuid, NULL::text, ${day('since.since')}
    FROM e JOIN LATERAL (
      SELECT greatest(
        greatest(${dayIn('e.started_at')}, max(${dayIn('c.held_at')}) FILTER (WHERE ${dayIn('c.held_at')} <= $2::date)) + 7 * $4::integer,
        max(least(${dayIn('c.scheduled_for')}, CASE c.state WHEN 'missed' THEN c.missed_on - 1 END))
          FILTER (WHERE c.state <> 'held') + 1
      ) AS since
      FROM read_model.check_ins c WHERE ${same('c')}
    ) since ON since.since <= $2::date
    WHERE e.status = 'active' AND e.started_at < ${midnight('$2::date + 1 - 7 * $4::integer')}
      AND NOT EXISTS (
        SELECT FROM read_model.check_ins c
        WHERE ${same('c')} AND (
          c.held_at >= ${midnight('$2::date + 1 - 7 * $4::integer')} AND c.held_at < ${midnight('$2::date + 1')}
          OR c.state = 'scheduled' AND c.scheduled_for >= ${midnight('$2::date')}))`,
  'plan-not-agreed': `
    SELECT ${of}, NULL::uuid, NULL::text, ${day(dayIn('e.started_at'))}
    FROM e WHERE e.status = 'active' AND e.plan_revision = 0
      AND e.started_at < ${midnight('$2::date - 6')}`,
  'ending-soon': `
    SELECT ${of}, NULL::uuid, NULL::text, ${day('e.ends_on')}
    FROM e WHERE e.status = 'active' AND e.ends_on BETWEEN $2::date AND $2::date + 14`,
};

const rules = Object.keys(SELECTS) as readonly DueRule[];

function statement(engagements: string): string {
  const selects = rules.map(
    (rule) =>
      `SELECT '${rule}' AS rule, due.* FROM (${SELECTS[rule]}) due ("tenantId", "engagementId", "clientId", "coachId", about, owner, "on")`,
  );
  return `WITH e AS (${engagements}) ${selects.join(' UNION ALL ')}`;
}

const COLUMNS = 'tenant_id, engagement_id, client_id, coach_id, status, started_at, ends_on, plan_revision';
const OF_ALL = statement(
  `SELECT ${COLUMNS} FROM read_model.engagements WHERE status NOT IN ('completed', 'ended-early')`,
);
const OF_PERSON = statement(
  `SELECT ${COLUMNS} FROM read_model.engagements
   WHERE tenant_id = $5 AND (client_id = $6 OR coach_id = $6) AND status NOT IN ('completed', 'ended-early')`,
);

/** Everything that is due now, whoever's it is. Costs a look at every engagement that has not ended. */
export async function readDue(db: Queryable, terms: DueTerms): Promise<readonly DueRow[]> {
  const { rows } = await db.query<DueRow>({ name: 'due', text: OF_ALL, values: valuesOf(terms) });
  return rows;
}

/** What is due now in the engagements of a client or a coach. */
export async function readDueOf(
  db: Queryable,
  terms: DueTerms,
  person: { readonly tenantId: string; readonly participantId: Id },
): Promise<readonly DueRow[]> {
  const values = [...valuesOf(terms), person.tenantId, person.participantId];
  const { rows } = await db.query<DueRow>({ name: 'due of person', text: OF_PERSON, values });
  return rows;
}

/** The coaches who have an engagement that goes on. */
export async function readCoaches(
  db: Queryable,
): Promise<readonly { readonly tenantId: string; readonly participantId: Id }[]> {
  const { rows } = await db.query<{ tenantId: string; participantId: Id }>(
    `SELECT DISTINCT tenant_id AS "tenantId", coach_id AS "participantId" FROM read_model.engagements WHERE status = 'active'`,
  );
  return rows;
}

/** How many events of each type were recorded in the coach's engagements after the instant. */
export async function readChanges(
  db: Queryable,
  tenantId: string,
  engagementIds: readonly Id[],
  since: Instant,
): Promise<readonly { readonly engagementId: Id; readonly type: string; readonly count: number }[]> {
  const { rows } = await db.query<{ engagementId: Id; type: string; count: number }>({
    name: 'changes since',
    text: `
      SELECT engagement_id AS "engagementId", type, count(*)::integer AS count FROM read_model.audit
      WHERE tenant_id = $1 AND engagement_id = ANY ($2::uuid[]) AND recorded_at > $3
      GROUP BY engagement_id, type ORDER BY engagement_id, type`,
    values: [tenantId, engagementIds, since],
  });
  return rows;
}

function valuesOf({ now, today, timeZone, noContactWeeks }: DueTerms): readonly (string | number)[] {
  return [now, today, timeZone, noContactWeeks];
}
