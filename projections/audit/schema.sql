-- Every event of an engagement.
CREATE TABLE IF NOT EXISTS read_model.audit (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  revision         integer NOT NULL,
  type             text NOT NULL,
  schema_version   integer NOT NULL,
  occurred_at      timestamptz NOT NULL,
  occurred_on      date NOT NULL,
  recorded_at      timestamptz NOT NULL,
  actor_id         text NOT NULL,
  actor_role       text NOT NULL,
  on_behalf_of     text,
  correlation_id   text NOT NULL,
  causation_id     text,
  command_id       text NOT NULL,
  data             jsonb NOT NULL,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, revision)
);
