CREATE TABLE IF NOT EXISTS read_model.notes (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  note_id          uuid NOT NULL,
  visibility       text NOT NULL,
  author           text NOT NULL,
  occurred_at      timestamptz NOT NULL,
  about            uuid,
  text             text NOT NULL,
  digest           text NOT NULL,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, note_id)
);
