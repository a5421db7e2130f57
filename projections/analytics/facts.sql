CREATE OR REPLACE VIEW analytics.engagement_facts AS
SELECT tenant_id, engagement_id, client_id, coach_id, sponsor_id, state, starts_on, ends_on, started_at, ended_at,
       plan_revision, greatest(plan_revision - 1, 0) AS adaptations
FROM read_model.engagements;
COMMENT ON VIEW analytics.engagement_facts IS 'One row an engagement';
COMMENT ON COLUMN analytics.engagement_facts.state IS 'proposed, agreed, active, paused, completed or ended-early';
COMMENT ON COLUMN analytics.engagement_facts.starts_on IS 'First day, as agreed';
COMMENT ON COLUMN analytics.engagement_facts.ends_on IS 'Last day, as agreed and extended';
COMMENT ON COLUMN analytics.engagement_facts.started_at IS 'When it was started; null before';
COMMENT ON COLUMN analytics.engagement_facts.ended_at IS 'When it was completed or ended early; null before, and when reopened';
COMMENT ON COLUMN analytics.engagement_facts.plan_revision IS '0 until the plan is agreed, 1 as agreed, then one more with each adaptation';
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
COMMENT ON COLUMN analytics.goal_facts.goal_id IS 'The goal; unique within its engagement';
COMMENT ON COLUMN analytics.goal_facts.source IS 'Whose goal it is: client, coach, joint or sponsor';
COMMENT ON COLUMN analytics.goal_facts.weight IS '0 to 100; only the ratios within an engagement mean something';
COMMENT ON COLUMN analytics.goal_facts.lifecycle IS 'proposed, active, on-hold, completed, cancelled or rejected';
COMMENT ON COLUMN analytics.goal_facts.drop_outcome IS 'Of a cancelled goal: no-longer-wanted, not-attained or not-attainable';
COMMENT ON COLUMN analytics.goal_facts.start_on IS 'First day of work on it';
COMMENT ON COLUMN analytics.goal_facts.due_on IS 'The date by which it is due at present';
COMMENT ON COLUMN analytics.goal_facts.baseline_due_on IS 'The date that was agreed first; null before the agreement and for what came later';
COMMENT ON COLUMN analytics.goal_facts.retargets IS 'How often its target was changed';
COMMENT ON COLUMN analytics.goal_facts.milestones_in_scope IS 'Its milestones that are not dropped';
COMMENT ON COLUMN analytics.goal_facts.milestones_reached IS 'Those of them that are reached';

CREATE OR REPLACE VIEW analytics.milestone_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, m.milestone_id, m.goal_id, m.state,
       m.due_on, m.baseline_due_on, m.reached_on,
       CASE m.state WHEN 'reached' THEN m.reached_on - m.baseline_due_on END AS baseline_slippage_days,
       CASE m.state WHEN 'reached' THEN m.reached_on - m.due_on END AS current_slippage_days,
       m.dropped_on
FROM read_model.milestones m
JOIN read_model.engagements e USING (tenant_id, engagement_id);
COMMENT ON VIEW analytics.milestone_facts IS 'One row a milestone, dropped ones included';
COMMENT ON COLUMN analytics.milestone_facts.milestone_id IS 'The milestone; unique within its engagement';
COMMENT ON COLUMN analytics.milestone_facts.goal_id IS 'The goal towards which it leads';
COMMENT ON COLUMN analytics.milestone_facts.state IS 'planned, reached, missed or dropped';
COMMENT ON COLUMN analytics.milestone_facts.due_on IS 'The date by which it is due at present';
COMMENT ON COLUMN analytics.milestone_facts.baseline_due_on IS 'The date that was agreed first; null before the agreement and for what came later';
COMMENT ON COLUMN analytics.milestone_facts.reached_on IS 'The day on which it was reached; null while it is not';
COMMENT ON COLUMN analytics.milestone_facts.baseline_slippage_days IS 'Of a reached one: days after the date agreed first, below zero when before it';
COMMENT ON COLUMN analytics.milestone_facts.current_slippage_days IS 'Of a reached one: days after its present due date, below zero when before it';
COMMENT ON COLUMN analytics.milestone_facts.dropped_on IS 'The day from which it is no longer in the plan; null while it is';

CREATE OR REPLACE VIEW analytics.barrier_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, b.barrier_id, b.category, b.severity,
       b.state, (b.open_from ->> 0)::date AS identified_on,
       CASE b.state WHEN 'resolved' THEN (b.open_to ->> -1)::date END AS resolved_on,
       jsonb_array_length(b.open_from) - 1 AS reopened,
       CASE b.state WHEN 'resolved' THEN read_model.days_in(b.open_from, b.open_to, 'infinity') END AS open_days
FROM read_model.barriers b
JOIN read_model.engagements e USING (tenant_id, engagement_id);
COMMENT ON VIEW analytics.barrier_facts IS 'One row a barrier, however often it was reopened';
COMMENT ON COLUMN analytics.barrier_facts.barrier_id IS 'The barrier; unique within its engagement';
COMMENT ON COLUMN analytics.barrier_facts.category IS 'internal, external, skill, resource or relationship';
COMMENT ON COLUMN analytics.barrier_facts.severity IS '1 to 5';
COMMENT ON COLUMN analytics.barrier_facts.state IS 'open or resolved';
COMMENT ON COLUMN analytics.barrier_facts.identified_on IS 'The day on which it was identified';
COMMENT ON COLUMN analytics.barrier_facts.resolved_on IS 'The day on which it was resolved, the last time; null while it is open';
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
COMMENT ON COLUMN analytics.adaptation_facts.revision IS 'The revision of the plan that it made, from 2 on';
COMMENT ON COLUMN analytics.adaptation_facts.reason_code IS
  'circumstances, opportunity, barrier, setback, learning, reprioritised, sponsor-request or data-correction';
COMMENT ON COLUMN analytics.adaptation_facts.effective_on IS 'The day from which it holds';
COMMENT ON COLUMN analytics.adaptation_facts.occurred_at IS 'When it was agreed';
COMMENT ON COLUMN analytics.adaptation_facts.sponsor_informed IS 'Whether the sponsor was told';
COMMENT ON COLUMN analytics.adaptation_facts.changes IS 'How many changes it made';
COMMENT ON COLUMN analytics.adaptation_facts.triggers IS 'How many events were named as what triggered it';

CREATE OR REPLACE VIEW analytics.check_in_facts AS
SELECT e.tenant_id, e.engagement_id, e.client_id, e.coach_id, e.sponsor_id, c.check_in_id, c.state, c.scheduled_for,
       c.held_at, c.confidence, c.missed_by, c.missed_on
FROM read_model.check_ins c
JOIN read_model.engagements e USING (tenant_id, engagement_id);
COMMENT ON VIEW analytics.check_in_facts IS 'One row a check-in';
COMMENT ON COLUMN analytics.check_in_facts.check_in_id IS 'The check-in; unique within its engagement';
COMMENT ON COLUMN analytics.check_in_facts.state IS 'scheduled, held or missed';
COMMENT ON COLUMN analytics.check_in_facts.scheduled_for IS 'For when it is, or last was, scheduled';
COMMENT ON COLUMN analytics.check_in_facts.held_at IS 'When it was held; null when it was not';
COMMENT ON COLUMN analytics.check_in_facts.confidence IS '1 to 10, as the client said; null when nobody asked';
COMMENT ON COLUMN analytics.check_in_facts.missed_by IS 'client or coach; null when it was not missed';
COMMENT ON COLUMN analytics.check_in_facts.missed_on IS 'The day on which it was recorded as missed; null when it was not';
