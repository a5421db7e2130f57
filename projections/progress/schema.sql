CREATE TABLE IF NOT EXISTS read_model.goals (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  goal_id          uuid NOT NULL,
  specific         text NOT NULL,
  measure          jsonb,
  attainment_scale jsonb,
  achievability    jsonb NOT NULL,
  relevance        text NOT NULL,
  start_on         date NOT NULL,
  due_on           date NOT NULL,
  dates_override_reason text,
  source           text NOT NULL,
  weight           double precision NOT NULL,
  rank             integer,
  lifecycle        text NOT NULL,
  drop_outcome     text,
  baseline_due_on  date,
  retargets        integer NOT NULL,
  active_since     date,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, goal_id)
) WITH (fillfactor = 80);

CREATE TABLE IF NOT EXISTS read_model.milestones (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  milestone_id     uuid NOT NULL,
  goal_id          uuid NOT NULL,
  title            text NOT NULL,
  criterion        text NOT NULL,
  due_on           date NOT NULL,
  "order"          bigint NOT NULL,
  state            text NOT NULL,
  baseline_due_on  date,
  reached_on       date,
  dropped_on       date,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, milestone_id)
) WITH (fillfactor = 80);

CREATE TABLE IF NOT EXISTS read_model.actions (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  action_id        uuid NOT NULL,
  milestone_id     uuid NOT NULL,
  title            text NOT NULL,
  owner            text NOT NULL,
  due_on           date NOT NULL,
  commitment       integer,
  state            text NOT NULL,
  baseline_due_on  date,
  completed_on     date,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, action_id)
) WITH (fillfactor = 80);

-- One row an observation of a goal, made by the event of the same id.
CREATE TABLE IF NOT EXISTS read_model.observations (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  observation_id   uuid NOT NULL,
  goal_id          uuid NOT NULL,
  kind             text NOT NULL,
  value            double precision NOT NULL,
  observed_on      date NOT NULL,
  rater            text NOT NULL,
  retargets_since  integer NOT NULL,
  corrected        boolean NOT NULL,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, observation_id)
);
