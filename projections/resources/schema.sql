CREATE TABLE IF NOT EXISTS read_model.resources (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  resource_id      uuid NOT NULL,
  kind             text NOT NULL,
  description      text NOT NULL,
  budget           jsonb,
  state            text NOT NULL,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, resource_id)
) WITH (fillfactor = 80);

CREATE TABLE IF NOT EXISTS read_model.allocations (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  allocation_id    uuid NOT NULL,
  resource_id      uuid NOT NULL,
  "to"             uuid NOT NULL,
  amount           jsonb,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, allocation_id)
);
