CREATE SCHEMA IF NOT EXISTS platform;

CREATE TABLE IF NOT EXISTS platform.secret (
  name  text PRIMARY KEY,
  value text NOT NULL
);
