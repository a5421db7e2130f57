CREATE SCHEMA IF NOT EXISTS records;

-- How people want to be told of things. Who has no row wants the defaults; a null column is the default too, so that it
-- follows when the default changes. `off` lists the kinds that are not wanted.
CREATE TABLE IF NOT EXISTS records.preferences (
  tenant         text        NOT NULL,
  participant_id text        NOT NULL,
  time_zone      text,
  digest_hour    smallint,
  quiet_from     text,
  quiet_to       text,
  off            jsonb       NOT NULL,
  PRIMARY KEY (tenant, participant_id)
);
