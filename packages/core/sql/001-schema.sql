-- Run as the role that owns the database and may make roles; not as a superuser, whom row security does not hold.
DO $$
DECLARE
  found text := (SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'vector');
BEGIN
  IF current_setting('server_version_num')::int < 160000 THEN
    RAISE EXCEPTION 'PostgreSQL 16 or newer is needed: before, whoever may make roles could take any role';
  END IF;
  IF (SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
    RAISE EXCEPTION 'run this as the owner of the database, not as %: SET ROLE first', current_user;
  END IF;
  IF NOT (SELECT pg_catalog.pg_has_role(datdba, 'USAGE') FROM pg_catalog.pg_database WHERE datname = current_database())
  THEN
    RAISE EXCEPTION 'run this as the owner of database %, not as %', current_database(), current_user;
  END IF;
  IF found IS NULL THEN
    CREATE EXTENSION vector; -- where the owner may; elsewhere the platform has done so before
  ELSIF string_to_array(regexp_replace(found, '[^0-9.].*', ''), '.')::int[] < ARRAY[0, 8, 0] THEN
    RAISE EXCEPTION 'pgvector 0.8.0 or newer is needed, found %: older ones cannot go on scanning', found;
  END IF;
END
$$;

-- No objects of a group's own: no temporary tables or functions, nothing that shadows what is called here.
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS retrieval;
REVOKE ALL ON SCHEMA retrieval FROM PUBLIC;

DO $$
DECLARE
  role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['kasbah_reader', 'kasbah_ingest'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role);
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role);
    EXECUTE format('GRANT USAGE ON SCHEMA retrieval TO %I', role);
  END LOOP;
END
$$;

-- Who reads is who logged in. SET ROLE and set_config change nothing of it, nor does a function's owner.
CREATE OR REPLACE FUNCTION retrieval.session_group() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN starts_with(session_user::text, 'kasbah_group_') THEN substr(session_user::text, 14) END;

-- A login that reads for a group never writes, whatever roles it was given.
CREATE OR REPLACE FUNCTION retrieval.session_writes() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN retrieval.session_group() IS NULL AND pg_has_role(session_user, 'kasbah_ingest', 'USAGE');

REVOKE ALL ON FUNCTION retrieval.session_group(), retrieval.session_writes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retrieval.session_group() TO kasbah_reader, kasbah_ingest;
GRANT EXECUTE ON FUNCTION retrieval.session_writes() TO kasbah_ingest;
