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
