/**
 * SQL for the level of an engagement's health, equal to that of `engagement/measures/health.ts` (a test compares them):
 * for many engagements at once, where reading every row of each would be too much.
 *
 * @param e alias of `read_model.engagements` in the statement
 * @param asOf, timeZone, noContactWeeks the parameters' places in it, such as `$2`
 */
export function healthLevel(e: string, asOf: string, timeZone: string, noContactWeeks: string): string {
  const day = `${asOf}::date`;
  const of = (alias: string): string =>
    `${alias}.tenant_id = ${e}.tenant_id AND ${alias}.engagement_id = ${e}.engagement_id`;
  const dayIn = (instant: string): string => `(${instant} AT TIME ZONE ${timeZone})::date`;

  /** For each active goal with milestones in scope: the shares of its time and of its milestones that are done. */
  const shares = `
    SELECT least(1, (${day} - g.start_on)::double precision / (g.due_on - g.start_on)) AS elapsed,
           count(*) FILTER (WHERE m.reached_on <= ${day})::double precision / count(*) AS done
    FROM read_model.goals g
    JOIN read_model.milestones m ON ${of('m')} AND m.goal_id = g.goal_id AND m.state <> 'dropped'
    WHERE ${of('g')} AND g.lifecycle = 'active' AND g.active_since <= ${day} AND g.due_on > g.start_on
    GROUP BY g.goal_id, g.start_on, g.due_on`;

  const blocked = `
    SELECT FROM read_model.barriers b
    WHERE ${of('b')} AND b.state = 'open' AND b.severity >= 4
      AND (b.open_from ->> -1)::date <= ${day} AND read_model.days_in(b.open_from, b.open_to, ${day}) > 14`;

  const late = `
    SELECT FROM read_model.milestones m
    JOIN read_model.goals g ON ${of('g')} AND g.goal_id = m.goal_id
    WHERE ${of('m')} AND m.state IN ('planned', 'missed') AND g.lifecycle = 'active' AND g.active_since <= ${day}
      AND (m.due_on < ${day} OR ${day} - m.baseline_due_on > 14)`;

  /** The day from which there is no contact: weeks after the last one, and not before a scheduled one was due. */
  const noContactSince = `
    SELECT greatest(
      greatest(
        ${dayIn(`${e}.started_at`)},
        max(${dayIn('c.held_at')}) FILTER (WHERE ${dayIn('c.held_at')} <= ${day})
      ) + 7 * ${noContactWeeks}::integer,
      max(least(${dayIn('c.scheduled_for')}, CASE c.state WHEN 'missed' THEN c.missed_on - 1 END))
        FILTER (WHERE c.state <> 'held') + 1
    )
    FROM read_model.check_ins c WHERE ${of('c')}`;

  return `
    CASE
      WHEN (${e}.status = 'active' AND (${e}.active_from ->> -1)::date <= ${day}) IS NOT TRUE THEN 'on-track'
      WHEN EXISTS (${blocked}) OR EXISTS (SELECT FROM (${shares}) s WHERE done < elapsed / 2) THEN 'at-risk'
      WHEN EXISTS (${late}) OR EXISTS (SELECT FROM (${shares}) s WHERE done < elapsed)
        OR ${e}.started_at IS NOT NULL AND (${noContactSince}) <= ${day} THEN 'attention'
      ELSE 'on-track'
    END`;
}
