CREATE SCHEMA IF NOT EXISTS records;

-- The processes that make effects, with their last sign of life.
CREATE TABLE IF NOT EXISTS records.effect_claimants (
  claimant uuid        PRIMARY KEY,
  beat_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One row an effect on the outside world, written before it is made: what has a row is not made again. `state` stays
-- 'claimed' while it is being made; a claim whose process is dead becomes 'unknown', since nobody can tell.
CREATE TABLE IF NOT EXISTS records.effects (
  tenant     text        NOT NULL,
  effect_key text        NOT NULL,
  rule       text        NOT NULL,
  channel    text        NOT NULL,
  to_id      text        NOT NULL,
  at         timestamptz NOT NULL,
  state      text        NOT NULL CHECK (state IN ('claimed', 'sent', 'failed', 'unknown')),
  problem    text,
  claimed_by uuid        NOT NULL,
  PRIMARY KEY (tenant, effect_key)
);

CREATE INDEX IF NOT EXISTS effects_without_outcome ON records.effects (state) WHERE state <> 'sent';

-- What an effect told of. `item_key` says what exactly was told, so that the same person is not told twice.
CREATE TABLE IF NOT EXISTS records.effect_items (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant        text NOT NULL,
  effect_key    text NOT NULL,
  to_id         text NOT NULL,
  item_key      text NOT NULL,
  -- Null: what is told is about no single engagement.
  engagement_id uuid,
  rule          text NOT NULL,
  about         text,
  FOREIGN KEY (tenant, effect_key) REFERENCES records.effects ON DELETE CASCADE,
  UNIQUE (tenant, to_id, item_key)
);

CREATE INDEX IF NOT EXISTS effect_items_of_engagement ON records.effect_items (tenant, engagement_id, id DESC);
CREATE INDEX IF NOT EXISTS effect_items_of_effect ON records.effect_items (tenant, effect_key);
