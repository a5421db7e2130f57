CREATE TABLE IF NOT EXISTS read_model.barriers (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  barrier_id       uuid NOT NULL,
  category         text NOT NULL,
  description      text NOT NULL,
  severity         integer NOT NULL,
  affects          jsonb NOT NULL,
  state            text NOT NULL,
  open_from        jsonb NOT NULL,
  open_to          jsonb NOT NULL,
  strategies       jsonb NOT NULL,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, barrier_id)
) WITH (fillfactor = 80);
