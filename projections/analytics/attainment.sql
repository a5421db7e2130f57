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
COMMENT ON VIEW analytics.attainment_facts IS
  'One row an engagement and rater that scored: T by Goal Attainment Scaling. Goals calibrate themselves: not for ranking coaches';
COMMENT ON COLUMN analytics.attainment_facts.rater IS 'client or coach; their scores are never mixed';
COMMENT ON COLUMN analytics.attainment_facts.goals IS 'How many goals T is made of';
COMMENT ON COLUMN analytics.attainment_facts.baseline_t IS 'From the first score of each goal';
COMMENT ON COLUMN analytics.attainment_facts.now_t IS 'From the last score of each goal; 50 is what was expected';
COMMENT ON COLUMN analytics.attainment_facts.change IS 'now_t − baseline_t; 0 where each goal has one score';
