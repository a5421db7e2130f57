-- The analytics contract: facts to join and group as one likes, and the tables that the product itself shows. No text of
-- a person or of a plan is in any of them. docs/analytics.md says what each answers and what a version promises.
--
-- The files of this folder run together, in the order of schema.ts and in one transaction, at every start and whenever
-- the tables below the views were exchanged: a view holds on to the table it was made over, and is bound to the one that
-- has its name by being replaced. Replacing also keeps every grant and what others built on the views, which dropping
-- would not. So columns are only ever added, at the end.
CREATE SCHEMA IF NOT EXISTS analytics;
COMMENT ON SCHEMA analytics IS
  'Facts and tables for dashboards without any text of a person or a plan; a contract, described in docs/analytics.md. Its version is in analytics.contract.';

CREATE OR REPLACE VIEW analytics.contract AS
SELECT 1 AS major, 0 AS minor;
COMMENT ON VIEW analytics.contract IS 'The version of this schema: one row. docs/analytics.md says what a version promises';
COMMENT ON COLUMN analytics.contract.major IS
  'Rises when something that a query can rely on changes or goes: a dashboard should refuse another one than its own';
COMMENT ON COLUMN analytics.contract.minor IS 'Rises with every addition, and begins again at 0 with each major version';
