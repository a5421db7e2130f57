CREATE SCHEMA IF NOT EXISTS read_model;

-- One row an engagement.
CREATE TABLE IF NOT EXISTS read_model.engagements (
  tenant_id            text NOT NULL,
  engagement_id        uuid NOT NULL,
  client_id            text NOT NULL,
  coach_id             text NOT NULL,
  sponsor_id           text,
  starts_on            date NOT NULL,
  ends_on              date NOT NULL,
  check_in_every_days  integer,
  status               text NOT NULL,
  started_at           timestamptz,
  ended_at             timestamptz,
  last_change_at       timestamptz NOT NULL,
  active_from          jsonb NOT NULL,
  active_to            jsonb NOT NULL,
  client_signature     jsonb,
  coach_signature      jsonb,
  sponsor_signature    jsonb,
  vision               jsonb,
  plan_revision        integer NOT NULL,
  plan_agreed_at       timestamptz,
  plan_last_adapted_at timestamptz,
  plan_effective_on    date,
  proposed_commit      numeric NOT NULL,
  proposed_prepare     numeric NOT NULL,
  ordinal              bigint NOT NULL,
  event_id             uuid NOT NULL,
  commit_position      numeric NOT NULL,
  prepare_position     numeric NOT NULL,
  -- The state as the world names it: before the start it follows from who signed.
  state                text NOT NULL GENERATED ALWAYS AS (
    CASE
      WHEN status <> 'preparing' THEN status
      WHEN client_signature IS NOT NULL AND coach_signature IS NOT NULL
        AND (sponsor_id IS NULL OR sponsor_signature IS NOT NULL) THEN 'agreed'
      ELSE 'proposed'
    END
  ) STORED,
  PRIMARY KEY (tenant_id, engagement_id)
) WITH (fillfactor = 70);

CREATE INDEX IF NOT EXISTS engagements_of_coach ON read_model.engagements (tenant_id, coach_id);
CREATE INDEX IF NOT EXISTS engagements_of_client ON read_model.engagements (tenant_id, client_id);
CREATE INDEX IF NOT EXISTS engagements_of_sponsor ON read_model.engagements (tenant_id, sponsor_id)
  WHERE sponsor_id IS NOT NULL;

-- Celebrations and setbacks: that they are there. What they say is in the audit.
CREATE TABLE IF NOT EXISTS read_model.moments (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  moment_id        uuid NOT NULL,
  kind             text NOT NULL,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, moment_id)
);
