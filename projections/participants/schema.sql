CREATE TABLE IF NOT EXISTS read_model.participants (
  tenant_id        text NOT NULL,
  participant_id   text NOT NULL,
  kind             text NOT NULL,
  name             text NOT NULL,
  email            text,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, participant_id)
) WITH (fillfactor = 80);
