-- The analytics contract: facts to join and group as one likes, and the tables that the product itself shows. No text of
-- a person or of a plan is in any of them. docs/analytics.md says what each answers.
CREATE SCHEMA IF NOT EXISTS analytics;
COMMENT ON SCHEMA analytics IS 'Facts and tables for dashboards; a stable contract, described in docs/analytics.md';

CREATE OR REPLACE VIEW analytics.engagement_facts AS
SELECT tenant_id, engagement_id, client_id, coach_id, sponsor_id, state, starts_on, ends_on, started_at, ended_at,
       plan_revision, greatest(plan_revision - 1, 0) AS adaptations
FROM read_model.engagements;
COMMENT ON VIEW analytics.engagement_facts IS 'One row an engagement';
COMMENT ON COLUMN analytics.engagement_facts.state IS 'proposed, agreed, active, paused, completed or ended-early';
COMMENT ON COLUMN analytics.engagement_facts.plan_revision IS '0 until the plan is agreed';
COMMENT ON COLUMN analytics.engagement_facts.adaptations IS 'How often the agreed plan was adapted, corrections of data included';

CREATE OR REPLACE VIEW analytics.goal_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, g.goal_id, g.source, g.weight, g.lifecycle,
       g.drop_outcome, g.start_on, g.due_on, g.baseline_due_on, g.retargets,
       m.in_scope AS milestones_in_scope, m.reached AS milestones_reached
FROM read_model.goals g
JOIN read_model.engagements e USING (tenant_id, engagement_id)
CROSS JOIN LATERAL (
  SELECT count(*)::integer AS in_scope, (count(*) FILTER (WHERE m.state = 'reached'))::integer AS reached
  FROM read_model.milestones m
  WHERE m.tenant_id = g.tenant_id AND m.engagement_id = g.engagement_id AND m.goal_id = g.goal_id
    AND m.state <> 'dropped'
) m;
COMMENT ON VIEW analytics.goal_facts IS 'One row a goal, of every lifecycle';
COMMENT ON COLUMN analytics.goal_facts.lifecycle IS 'proposed, active, on-hold, completed, cancelled or rejected';
COMMENT ON COLUMN analytics.goal_facts.drop_outcome IS 'Of a cancelled goal: no-longer-wanted, not-attained or not-attainable';
COMMENT ON COLUMN analytics.goal_facts.baseline_due_on IS 'The date that was agreed first; null before the agreement and for what came later';
COMMENT ON COLUMN analytics.goal_facts.milestones_in_scope IS 'Those that are not dropped';

CREATE OR REPLACE VIEW analytics.milestone_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, m.milestone_id, m.goal_id, m.state,
       m.due_on, m.baseline_due_on, m.reached_on,
       CASE m.state WHEN 'reached' THEN m.reached_on - m.baseline_due_on END AS baseline_slippage_days,
       CASE m.state WHEN 'reached' THEN m.reached_on - m.due_on END AS current_slippage_days
FROM read_model.milestones m
JOIN read_model.engagements e USING (tenant_id, engagement_id);
COMMENT ON VIEW analytics.milestone_facts IS 'One row a milestone, dropped ones included';
COMMENT ON COLUMN analytics.milestone_facts.state IS 'planned, reached, missed or dropped';
COMMENT ON COLUMN analytics.milestone_facts.baseline_due_on IS 'The date that was agreed first; null before the agreement and for what came later';
COMMENT ON COLUMN analytics.milestone_facts.baseline_slippage_days IS 'Of a reached one: days after the date agreed first, below zero when before it';
COMMENT ON COLUMN analytics.milestone_facts.current_slippage_days IS 'Of a reached one: days after its present due date, below zero when before it';

CREATE OR REPLACE VIEW analytics.barrier_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, b.barrier_id, b.category, b.severity,
       b.state, (b.open_from ->> 0)::date AS identified_on,
       CASE b.state WHEN 'resolved' THEN (b.open_to ->> -1)::date END AS resolved_on,
       jsonb_array_length(b.open_from) - 1 AS reopened,
       CASE b.state WHEN 'resolved' THEN read_model.days_in(b.open_from, b.open_to, 'infinity') END AS open_days
FROM read_model.barriers b
JOIN read_model.engagements e USING (tenant_id, engagement_id);
COMMENT ON VIEW analytics.barrier_facts IS 'One row a barrier, however often it was reopened';
COMMENT ON COLUMN analytics.barrier_facts.severity IS '1 to 5';
COMMENT ON COLUMN analytics.barrier_facts.reopened IS 'How often it was opened again';
COMMENT ON COLUMN analytics.barrier_facts.open_days IS 'Of a resolved one: the days of all stretches in which it was open';

CREATE OR REPLACE VIEW analytics.adaptation_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, r.revision, r.reason_code, r.effective_on,
       r.occurred_at, r.sponsor_informed, jsonb_array_length(r.changes) AS changes,
       jsonb_array_length(r.triggered_by) AS triggers
FROM read_model.plan_revisions r
JOIN read_model.engagements e USING (tenant_id, engagement_id)
WHERE r.kind = 'adapted';
COMMENT ON VIEW analytics.adaptation_facts IS 'One row an adaptation of an agreed plan';
COMMENT ON COLUMN analytics.adaptation_facts.changes IS 'How many changes it made';
COMMENT ON COLUMN analytics.adaptation_facts.triggers IS 'How many events were named as what triggered it';

CREATE OR REPLACE VIEW analytics.check_in_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, c.check_in_id, c.state, c.scheduled_for,
       c.held_at, c.confidence, c.missed_by
FROM read_model.check_ins c
JOIN read_model.engagements e USING (tenant_id, engagement_id);
COMMENT ON VIEW analytics.check_in_facts IS 'One row a check-in';
COMMENT ON COLUMN analytics.check_in_facts.state IS 'scheduled, held or missed';
COMMENT ON COLUMN analytics.check_in_facts.confidence IS '1 to 10, as the client said';

-- Goal Attainment Scaling: T = 50 + 10·Σ(w·x) / √((1−ρ)·Σw² + ρ·(Σw)²), ρ = 0.3 (Kiresuk and Sherman, 1968). Weights
-- that are all zero count as ones; goals that were never set, or were dropped as no longer wanted, do not count.
CREATE OR REPLACE VIEW analytics.attainment_facts AS
WITH scores AS (
  SELECT o.tenant_id, o.engagement_id, o.rater, o.goal_id, g.weight,
         (array_agg(o.value ORDER BY o.observed_on, o.ordinal))[1] AS first_level,
         (array_agg(o.value ORDER BY o.observed_on DESC, o.ordinal DESC))[1] AS last_level
  FROM read_model.observations o
  JOIN read_model.goals g USING (tenant_id, engagement_id, goal_id)
  WHERE o.kind = 'level' AND NOT o.corrected
    AND g.active_since IS NOT NULL AND g.drop_outcome IS DISTINCT FROM 'no-longer-wanted'
  GROUP BY o.tenant_id, o.engagement_id, o.rater, o.goal_id, g.weight
),
greatest_known AS (
  SELECT *, max(weight) OVER (PARTITION BY tenant_id, engagement_id, rater) AS greatest FROM scores
),
-- Only the ratios of weights count. The greatest is made 1, and one that is as good as nothing beside it 0: the quotient
-- and the square would be too small for a number, which is an error here.
shares AS (
  SELECT *, CASE
    WHEN greatest = 0 THEN 1
    WHEN weight < 1e-200 AND greatest > 1e-100 THEN 0
    ELSE weight / greatest
  END AS share
  FROM greatest_known
),
weighted AS (
  SELECT *, CASE WHEN share < 1e-100 THEN 0 ELSE share END AS w FROM shares
),
t AS (
  SELECT tenant_id, engagement_id, rater, count(*)::integer AS goals,
         50 + 10 * sum(w * first_level) / sqrt(0.7 * sum(w * w) + 0.3 * sum(w) ^ 2) AS baseline_t,
         50 + 10 * sum(w * last_level) / sqrt(0.7 * sum(w * w) + 0.3 * sum(w) ^ 2) AS now_t
  FROM weighted GROUP BY tenant_id, engagement_id, rater
)
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, t.rater, t.goals, t.baseline_t, t.now_t,
       t.now_t - t.baseline_t AS change
FROM t JOIN read_model.engagements e USING (tenant_id, engagement_id);
COMMENT ON VIEW analytics.attainment_facts IS 'One row an engagement and rater that scored: T by Goal Attainment Scaling';
COMMENT ON COLUMN analytics.attainment_facts.rater IS 'client or coach; their scores are never mixed';
COMMENT ON COLUMN analytics.attainment_facts.goals IS 'How many goals T is made of';
COMMENT ON COLUMN analytics.attainment_facts.baseline_t IS 'From the first score of each goal';
COMMENT ON COLUMN analytics.attainment_facts.now_t IS 'From the last score of each goal; 50 is what was expected';

-- The tables that GET /analytics/{view} answers. Each takes whose engagements count: a tenant's, a coach's of it or a
-- sponsor's; and leaves out rows over fewer than so many clients.

CREATE OR REPLACE FUNCTION analytics.adaptations(
  tenant text, coach text DEFAULT NULL, sponsor text DEFAULT NULL, min_clients integer DEFAULT 1
) RETURNS TABLE (month text, reason_code text, adaptations integer, engagements integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT to_char(f.effective_on, 'YYYY-MM'), f.reason_code, count(*)::integer, count(DISTINCT f.engagement_id)::integer
  FROM analytics.adaptation_facts f
  WHERE f.tenant_id = tenant AND (coach IS NULL OR f.coach_id = coach) AND (sponsor IS NULL OR f.sponsor_id = sponsor)
  GROUP BY 1, 2 HAVING count(DISTINCT f.client_id) >= min_clients ORDER BY 1, 2
$$;
COMMENT ON FUNCTION analytics.adaptations IS 'Adaptations of plans by the month from which they hold and their reason';

CREATE OR REPLACE FUNCTION analytics.barriers(
  tenant text, coach text DEFAULT NULL, sponsor text DEFAULT NULL, min_clients integer DEFAULT 1
) RETURNS TABLE (
  category text, barriers integer, open integer, resolved integer, median_open_days double precision,
  mean_open_days double precision
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT f.category, count(*)::integer, (count(*) FILTER (WHERE f.state = 'open'))::integer,
         (count(*) FILTER (WHERE f.state = 'resolved'))::integer,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY f.open_days), avg(f.open_days)::double precision
  FROM analytics.barrier_facts f
  WHERE f.tenant_id = tenant AND (coach IS NULL OR f.coach_id = coach) AND (sponsor IS NULL OR f.sponsor_id = sponsor)
  GROUP BY 1 HAVING count(DISTINCT f.client_id) >= min_clients ORDER BY 1
$$;
COMMENT ON FUNCTION analytics.barriers IS 'Barriers by category; days open are of the resolved ones';

CREATE OR REPLACE FUNCTION analytics.slippage(
  tenant text, coach text DEFAULT NULL, sponsor text DEFAULT NULL, min_clients integer DEFAULT 1
) RETURNS TABLE (against text, from_days integer, to_days integer, milestones integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT s.against, s.bucket * 7, s.bucket * 7 + 7, count(*)::integer
  FROM analytics.milestone_facts f
  CROSS JOIN LATERAL (
    VALUES ('baseline', floor(f.baseline_slippage_days / 7.0)::integer),
           ('current', floor(f.current_slippage_days / 7.0)::integer)
  ) AS s (against, bucket)
  WHERE f.tenant_id = tenant AND (coach IS NULL OR f.coach_id = coach) AND (sponsor IS NULL OR f.sponsor_id = sponsor)
    AND s.bucket IS NOT NULL
  GROUP BY s.against, s.bucket HAVING count(DISTINCT f.client_id) >= min_clients ORDER BY s.against, s.bucket
$$;
COMMENT ON FUNCTION analytics.slippage IS
  'Reached milestones by the days after their due date, the one agreed first and the present one; from is in, to is not';

CREATE OR REPLACE FUNCTION analytics.attainment(
  tenant text, coach text DEFAULT NULL, sponsor text DEFAULT NULL, min_clients integer DEFAULT 1
) RETURNS TABLE (rater text, from_t integer, to_t integer, engagements integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT s.rater, s.bucket * 5, s.bucket * 5 + 5, count(*)::integer
  FROM (
    -- Rounded first: a T of 60 is not to fall below it by the last digit of a sum.
    SELECT f.rater, f.client_id, floor(round(f.now_t::numeric, 6) / 5)::integer AS bucket
    FROM analytics.attainment_facts f
    WHERE f.tenant_id = tenant AND (coach IS NULL OR f.coach_id = coach)
      AND (sponsor IS NULL OR f.sponsor_id = sponsor)
  ) s
  GROUP BY s.rater, s.bucket HAVING count(DISTINCT s.client_id) >= min_clients ORDER BY s.rater, s.bucket
$$;
COMMENT ON FUNCTION analytics.attainment IS 'Engagements by their T of now, for each rater; from is in, to is not';

CREATE OR REPLACE FUNCTION analytics.check_ins(
  tenant text, coach text DEFAULT NULL, sponsor text DEFAULT NULL, min_clients integer DEFAULT 1
) RETURNS TABLE (month text, check_ins integer, held integer, missed integer, engagements integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT to_char(f.scheduled_for AT TIME ZONE 'UTC', 'YYYY-MM'), count(*)::integer,
         (count(*) FILTER (WHERE f.state = 'held'))::integer, (count(*) FILTER (WHERE f.state = 'missed'))::integer,
         count(DISTINCT f.engagement_id)::integer
  FROM analytics.check_in_facts f
  WHERE f.tenant_id = tenant AND (coach IS NULL OR f.coach_id = coach) AND (sponsor IS NULL OR f.sponsor_id = sponsor)
  GROUP BY 1 HAVING count(DISTINCT f.client_id) >= min_clients ORDER BY 1
$$;
COMMENT ON FUNCTION analytics.check_ins IS 'Check-ins by the month (UTC) for which they were scheduled';
