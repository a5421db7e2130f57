-- What holds of every view: the columns they share, and who may read them.
DO $$
DECLARE
  of_view regclass;
BEGIN
  FOR of_view IN
    SELECT attrelid::regclass FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = 'analytics'::regnamespace AND relkind = 'v' AND attname = 'engagement_id'
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.tenant_id IS %L', of_view, 'The firm: filter by it first, in every query');
    EXECUTE format('COMMENT ON COLUMN %s.engagement_id IS %L', of_view, 'The engagement; joins the views, together with tenant_id');
    EXECUTE format('COMMENT ON COLUMN %s.client_id IS %L', of_view, 'Who is coached, as an id that says nothing by itself');
    EXECUTE format('COMMENT ON COLUMN %s.coach_id IS %L', of_view, 'Who coaches at present. Coaches are not to be ranked by T or by adaptations');
    EXECUTE format('COMMENT ON COLUMN %s.sponsor_id IS %L', of_view, 'Who pays; null where nobody else does');
  END LOOP;
END
$$;

-- The role that dashboards' logins are members of. Where the database's user may not make roles, everything else goes on,
-- and the next start gives the role its rights once somebody has made it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cairn_analyst') THEN
    BEGIN
      CREATE ROLE cairn_analyst NOLOGIN;
    EXCEPTION
      -- Roles are the server's: a start with another of its databases made it at the same moment.
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE WARNING 'The role cairn_analyst is not there and % may not create it', current_user
          USING HINT = 'CREATE ROLE cairn_analyst NOLOGIN; and start Cairn again';
        RETURN;
    END;
  END IF;
  GRANT USAGE ON SCHEMA analytics TO cairn_analyst;
  GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO cairn_analyst;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA analytics TO cairn_analyst;
END
$$;
