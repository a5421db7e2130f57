CREATE SCHEMA IF NOT EXISTS records;

-- What was shown to sponsors, supervisors and auditors: one row an engagement of each answer, written before the answer
-- goes out. `engagement_id` is null for numbers over many engagements and for people.
CREATE TABLE IF NOT EXISTS records.disclosures (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant           text        NOT NULL,
  engagement_id    uuid,
  shown_at         timestamptz NOT NULL,
  to_id            text        NOT NULL,
  to_role          text        NOT NULL,
  what             text        NOT NULL,
  reason           text,
  consent_event_id uuid
);

CREATE INDEX IF NOT EXISTS disclosures_of_engagement ON records.disclosures (tenant, engagement_id, id DESC);
