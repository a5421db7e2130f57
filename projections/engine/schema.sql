CREATE SCHEMA IF NOT EXISTS projections;

-- How far each projection has come, moved in the transaction that writes its rows.
CREATE TABLE IF NOT EXISTS projections.checkpoints (
  name             text PRIMARY KEY,
  version          integer NOT NULL,
  commit_position  numeric,
  prepare_position numeric,
  state            text NOT NULL CHECK (state IN ('live', 'rebuilding', 'stopped')),
  -- Why it is stopped, and before which event.
  error            text,
  failed_event_id  uuid,
  failed_commit    numeric,
  failed_prepare   numeric,
  -- What its reader does, as it last said itself.
  reader_state     text NOT NULL DEFAULT 'catching-up' CHECK (reader_state IN ('live', 'catching-up', 'reconnecting')),
  reader_since     timestamptz NOT NULL DEFAULT clock_timestamp(),
  reader_attempts  integer NOT NULL DEFAULT 0,
  reader_error     text,
  heartbeat_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((commit_position IS NULL) = (prepare_position IS NULL)),
  CHECK ((state = 'stopped') = (error IS NOT NULL))
) WITH (fillfactor = 50);
