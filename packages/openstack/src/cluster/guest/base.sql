-- In the database `postgres`, as superuser, on the leader: what the cluster itself needs. Safe to run again.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kasbah') THEN
    CREATE ROLE kasbah NOLOGIN CREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kasbah_pooler') THEN
    CREATE ROLE kasbah_pooler LOGIN;
  END IF;
END $$;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE postgres TO kasbah_pooler, kasbah_rewind;

CREATE SCHEMA IF NOT EXISTS kasbah;
GRANT USAGE ON SCHEMA kasbah TO kasbah_pooler;

-- What the agent has set: a role may change its own password, and is given back the one of the key manager.
CREATE TABLE IF NOT EXISTS kasbah.logins (role name PRIMARY KEY, ref text NOT NULL, verifier text NOT NULL);
CREATE TABLE IF NOT EXISTS kasbah.scripts (name text PRIMARY KEY, sha256 text NOT NULL);
CREATE TABLE IF NOT EXISTS kasbah.heartbeat (
  single boolean PRIMARY KEY DEFAULT true CHECK (single), at timestamptz NOT NULL
);

-- All that the pooler may see: who may log in through it, never a superuser or a member of the cluster.
CREATE OR REPLACE FUNCTION kasbah.login(name text, OUT username text, OUT verifier text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$
  SELECT rolname::text, rolpassword FROM pg_authid
  WHERE rolname = name AND rolcanlogin AND NOT rolsuper AND NOT rolreplication
    AND rolname NOT IN ('kasbah_pooler', 'kasbah_rewind')
$$;
REVOKE ALL ON FUNCTION kasbah.login(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kasbah.login(text) TO kasbah_pooler;
