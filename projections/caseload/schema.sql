-- The days of the stretches up to a day, which like the end of a stretch is not counted. The two lists hold the days on
-- which the stretches began and ended; the last one may have no end.
CREATE OR REPLACE FUNCTION read_model.days_in(from_days jsonb, to_days jsonb, as_of date) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(sum(greatest(0, least((to_days ->> (place - 1)::integer)::date, as_of) - day::date)), 0)::integer
  FROM jsonb_array_elements_text(from_days) WITH ORDINALITY AS stretch (day, place)
$$;
