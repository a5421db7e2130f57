CREATE TABLE IF NOT EXISTS read_model.check_ins (
  tenant_id        text NOT NULL,
  engagement_id    uuid NOT NULL,
  check_in_id      uuid NOT NULL,
  state            text NOT NULL,
  scheduled_for    timestamptz NOT NULL,
  held_at          timestamptz,
  summary          text,
  confidence       integer,
  missed_by        text,
  missed_on        date,
  ordinal          bigint NOT NULL,
  event_id         uuid NOT NULL,
  commit_position  numeric NOT NULL,
  prepare_position numeric NOT NULL,
  PRIMARY KEY (tenant_id, engagement_id, check_in_id)
) WITH (fillfactor = 80);
