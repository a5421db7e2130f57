-- What there was on each day, from dated facts: a projection has no clock, and no day is made that nothing is known of.
-- An engagement has a row for every day from its first active one to the day it ended; while it goes on, to the last day
-- on which anything happened in its tenant, so that the sums over engagements don't fray at their end.
--
-- Each thing is a list of stretches of days. A move of a milestone is seen from its own day on, until the day from which
-- one that stands later in the stream is seen: the least of those days, since a later one may be dated back.
CREATE OR REPLACE VIEW analytics.daily_facts AS
WITH plan_changes AS NOT MATERIALIZED (
  SELECT r.tenant_id, r.engagement_id, r.stream_revision * 1000::bigint + c.place AS place, r.effective_on AS day, c.change
  FROM read_model.plan_revisions r CROSS JOIN LATERAL jsonb_array_elements(r.changes) WITH ORDINALITY AS c (change, place)
  WHERE r.kind = 'adapted' AND c.change ->> 'op' IN ('milestone-added', 'milestone-redated', 'milestone-dropped', 'goal-dropped')
),
-- state and due: null where the move leaves it as it was.
milestone_moves AS NOT MATERIALIZED (
  SELECT a.tenant_id, a.engagement_id, (a.data ->> 'milestoneId')::uuid AS milestone_id, a.revision * 1000::bigint AS place,
         CASE a.type WHEN 'MilestoneReached' THEN (a.data ->> 'reachedOn')::date ELSE a.occurred_on END AS day,
         CASE a.type WHEN 'MilestoneReached' THEN 'reached' WHEN 'MilestoneDropped' THEN 'dropped' ELSE 'open' END AS state,
         CASE a.type WHEN 'MilestonePlanned' THEN (a.data ->> 'dueOn')::date END AS due
  FROM read_model.audit a
  WHERE a.type IN ('MilestonePlanned', 'MilestoneReached', 'MilestoneMissed', 'MilestoneReopened', 'MilestoneDropped')
  UNION ALL
  SELECT tenant_id, engagement_id, coalesce(change -> 'milestone' ->> 'milestoneId', change ->> 'milestoneId')::uuid, place,
         day, CASE change ->> 'op' WHEN 'milestone-added' THEN 'open' WHEN 'milestone-dropped' THEN 'dropped' END,
         CASE change ->> 'op'
           WHEN 'milestone-added' THEN (change -> 'milestone' ->> 'dueOn')::date
           WHEN 'milestone-redated' THEN (change ->> 'to')::date
         END
  FROM plan_changes WHERE change ->> 'op' <> 'goal-dropped'
  UNION ALL
  SELECT c.tenant_id, c.engagement_id, m.milestone_id, c.place, c.day, 'dropped', NULL
  FROM plan_changes c
  JOIN read_model.milestones m USING (tenant_id, engagement_id)
  WHERE c.change ->> 'op' = 'goal-dropped' AND m.goal_id = (c.change ->> 'goalId')::uuid AND m.state = 'dropped'
),
milestone_states AS NOT MATERIALIZED (
  SELECT tenant_id, engagement_id, milestone_id, state,
         greatest(day, first_value(day) OVER later) AS since,
         min(day) OVER (later ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS until
  FROM milestone_moves WHERE state IS NOT NULL
  WINDOW later AS (PARTITION BY tenant_id, engagement_id, milestone_id ORDER BY place)
),
milestone_dues AS NOT MATERIALIZED (
  SELECT tenant_id, engagement_id, milestone_id, due,
         greatest(day, first_value(day) OVER later) AS since,
         min(day) OVER (later ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS until
  FROM milestone_moves WHERE due IS NOT NULL
  WINDOW later AS (PARTITION BY tenant_id, engagement_id, milestone_id ORDER BY place)
),
stretches (tenant_id, engagement_id, thing, since, until) AS NOT MATERIALIZED (
  SELECT tenant_id, engagement_id, state, since, until FROM milestone_states WHERE state <> 'dropped'
  UNION ALL
  SELECT s.tenant_id, s.engagement_id, 'overdue', greatest(s.since, d.since, d.due + 1), least(s.until, d.until)
  FROM milestone_states s JOIN milestone_dues d USING (tenant_id, engagement_id, milestone_id)
  WHERE s.state = 'open'
  UNION ALL
  SELECT b.tenant_id, b.engagement_id, unnest(CASE WHEN b.severity >= 4 THEN '{barrier,severe}'::text[] ELSE '{barrier}' END),
         greatest(f.day::date, CASE WHEN f.place > 1 THEN (b.open_to ->> (f.place - 2)::integer)::date END),
         (b.open_to ->> (f.place - 1)::integer)::date
  FROM read_model.barriers b CROSS JOIN LATERAL jsonb_array_elements_text(b.open_from) WITH ORDINALITY AS f (day, place)
  UNION ALL
  SELECT e.tenant_id, e.engagement_id, 'active', f.day::date, (e.active_to ->> (f.place - 1)::integer)::date
  FROM read_model.engagements e CROSS JOIN LATERAL jsonb_array_elements_text(e.active_from) WITH ORDINALITY AS f (day, place)
  UNION ALL
  SELECT tenant_id, engagement_id, 'adapted', effective_on, NULL FROM read_model.plan_revisions WHERE kind = 'adapted'
),
steps AS NOT MATERIALIZED (
  SELECT tenant_id, engagement_id, thing, edge.day, edge.step
  FROM stretches CROSS JOIN LATERAL (VALUES (since, 1), (until, -1)) AS edge (day, step)
  WHERE edge.day IS NOT NULL AND (until IS NULL OR since < until)
  UNION ALL
  SELECT tenant_id, engagement_id, state, coalesce(missed_on, (held_at AT TIME ZONE 'UTC')::date), 1
  FROM read_model.check_ins WHERE state <> 'scheduled'
),
spans AS NOT MATERIALIZED (
  SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, (e.active_from ->> 0)::date AS first_day,
         CASE WHEN e.ended_at IS NULL THEN known.last_day ELSE known.ended_on END AS last_day
  FROM read_model.engagements e
  JOIN (
    SELECT tenant_id, engagement_id, max(max(occurred_on)) OVER (PARTITION BY tenant_id) AS last_day,
           max(occurred_on) FILTER (WHERE type IN ('EngagementCompleted', 'EngagementEndedEarly')) AS ended_on
    FROM read_model.audit GROUP BY tenant_id, engagement_id
  ) known USING (tenant_id, engagement_id)
),
-- What was before the first day is there on it; check-ins are counted on their own day alone.
steps_of_days AS NOT MATERIALIZED (
  SELECT tenant_id, engagement_id, greatest(t.day, s.first_day) AS day,
         sum(t.step) FILTER (WHERE t.thing = 'active') AS active,
         sum(t.step) FILTER (WHERE t.thing = 'open') AS open,
         sum(t.step) FILTER (WHERE t.thing = 'reached') AS reached,
         sum(t.step) FILTER (WHERE t.thing = 'overdue') AS overdue,
         sum(t.step) FILTER (WHERE t.thing = 'barrier') AS barriers,
         sum(t.step) FILTER (WHERE t.thing = 'severe') AS severe,
         sum(t.step) FILTER (WHERE t.thing = 'adapted') AS adapted,
         count(*) FILTER (WHERE t.thing = 'held' AND t.day >= s.first_day) AS held,
         count(*) FILTER (WHERE t.thing = 'missed' AND t.day >= s.first_day) AS missed
  FROM steps t JOIN spans s USING (tenant_id, engagement_id)
  GROUP BY tenant_id, engagement_id, greatest(t.day, s.first_day)
),
days AS NOT MATERIALIZED (
  SELECT s.tenant_id, s.engagement_id, s.client_id, s.coach_id, s.sponsor_id, s.first_day + n AS day,
         coalesce(sum(p.active) OVER so_far, 0) AS active,
         coalesce(sum(p.open) OVER so_far, 0)::integer AS open,
         coalesce(sum(p.reached) OVER so_far, 0)::integer AS reached,
         coalesce(sum(p.overdue) OVER so_far, 0)::integer AS overdue,
         coalesce(sum(p.barriers) OVER so_far, 0)::integer AS barriers,
         coalesce(sum(p.severe) OVER so_far, 0)::integer AS severe,
         coalesce(sum(p.adapted) OVER so_far, 0)::integer AS adapted,
         coalesce(p.held, 0)::integer AS held, coalesce(p.missed, 0)::integer AS missed,
         n - max(n) FILTER (WHERE n = 0 OR p.held > 0) OVER so_far AS without_contact
  FROM spans s
  CROSS JOIN LATERAL generate_series(0, s.last_day - s.first_day) AS n
  LEFT JOIN steps_of_days p ON p.tenant_id = s.tenant_id AND p.engagement_id = s.engagement_id AND p.day = s.first_day + n
  WINDOW so_far AS (PARTITION BY s.tenant_id, s.engagement_id ORDER BY n)
)
SELECT tenant_id, engagement_id, client_id, coach_id, sponsor_id, day, active > 0 AS active,
       open + reached AS milestones_in_scope, reached AS milestones_reached,
       reached::double precision / nullif(open + reached, 0) AS completion,
       open AS milestones_open, overdue AS milestones_overdue, barriers AS barriers_open, severe AS severe_barriers_open,
       adapted AS adaptations, held AS check_ins_held, missed AS check_ins_missed, without_contact AS days_without_contact
FROM days;
COMMENT ON VIEW analytics.daily_facts IS
  'One row an engagement and day, from its first active day to its end; while it goes on, to the last day on which anything happened in its tenant';
COMMENT ON COLUMN analytics.daily_facts.day IS 'The day, in the tenant''s time zone; values are those at its end';
COMMENT ON COLUMN analytics.daily_facts.active IS 'Whether coaching went on: neither paused nor ended';
COMMENT ON COLUMN analytics.daily_facts.milestones_in_scope IS 'Milestones of the plan that were not dropped';
COMMENT ON COLUMN analytics.daily_facts.milestones_reached IS 'Those of them that were reached';
COMMENT ON COLUMN analytics.daily_facts.completion IS 'milestones_reached ÷ milestones_in_scope, 0 to 1; null when none was in scope';
COMMENT ON COLUMN analytics.daily_facts.milestones_open IS 'Those in scope that were not reached';
COMMENT ON COLUMN analytics.daily_facts.milestones_overdue IS 'Open ones past the due date that held on that day';
COMMENT ON COLUMN analytics.daily_facts.barriers_open IS 'Barriers that were open';
COMMENT ON COLUMN analytics.daily_facts.severe_barriers_open IS 'Those of them with a severity of 4 or 5';
COMMENT ON COLUMN analytics.daily_facts.adaptations IS 'How often the agreed plan had been adapted, by the day from which each holds';
COMMENT ON COLUMN analytics.daily_facts.check_ins_held IS 'Check-ins held on that day (UTC)';
COMMENT ON COLUMN analytics.daily_facts.check_ins_missed IS 'Check-ins recorded as missed on that day';
COMMENT ON COLUMN analytics.daily_facts.days_without_contact IS 'Days since the last check-in that was held, or since the first day';
