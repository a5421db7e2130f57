CREATE SCHEMA IF NOT EXISTS records;

-- The answers to commands that came with a key, and the claims of commands in progress: `status` is null while the
-- command runs, and the claim holds until `lease_until`, which its process pushes forward as long as it lives.
CREATE TABLE IF NOT EXISTS records.idempotency (
  tenant      text        NOT NULL,
  caller      uuid        NOT NULL,
  key         text        NOT NULL,
  digest      text        NOT NULL,
  claimed_by  uuid        NOT NULL,
  lease_until timestamptz NOT NULL,
  status      smallint,
  headers     jsonb,
  body        text,
  claimed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant, caller, key)
);

-- Keys are deleted some time after they were claimed.
CREATE INDEX IF NOT EXISTS idempotency_by_age ON records.idempotency (claimed_at);
