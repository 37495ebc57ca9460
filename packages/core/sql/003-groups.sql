-- A place for a group's chunks that nobody may address by itself: rights and rows come through retrieval.chunks only.
CREATE OR REPLACE FUNCTION retrieval.make_partition(group_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  partition text := 'chunks_' || group_name;
BEGIN
  INSERT INTO retrieval.groups VALUES (group_name) ON CONFLICT DO NOTHING;
  IF to_regclass(format('retrieval.%I', partition)) IS NULL THEN
    EXECUTE format('CREATE TABLE retrieval.%I PARTITION OF retrieval.chunks FOR VALUES IN (%L)', partition, group_name);
  END IF;
  EXECUTE format('REVOKE ALL ON retrieval.%I FROM PUBLIC', partition);
  EXECUTE format('ALTER TABLE retrieval.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
  EXECUTE format(
    'ALTER TABLE retrieval.%I ALTER document_id SET STATISTICS 0, ALTER ordinal SET STATISTICS 0,
       ALTER content SET STATISTICS 0, ALTER embedding SET STATISTICS 0, ALTER metadata SET STATISTICS 0', partition);
END
$$;

-- A group is a login of its own. Its password is set by whoever keeps the passwords.
CREATE OR REPLACE FUNCTION retrieval.open_group(group_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  login text := 'kasbah_group_' || group_name;
BEGIN
  IF group_name = 'everyone' OR group_name !~ '^[a-z][a-z0-9_]{0,30}$' THEN
    RAISE EXCEPTION 'group %: expected a small letter, then up to 30 of a-z 0-9 _, and not everyone', group_name;
  END IF;
  PERFORM retrieval.make_partition(group_name);
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
    EXECUTE format('CREATE ROLE %I LOGIN', login);
  ELSIF NOT (SELECT rolcanlogin FROM pg_roles WHERE rolname = login) THEN
    EXECUTE format('ALTER ROLE %I LOGIN', login);
  END IF;
  EXECUTE format('GRANT kasbah_reader TO %I WITH INHERIT TRUE, SET FALSE', login);
END
$$;

-- Its login is closed; its chunks stay. A session that is open stays open until it ends.
CREATE OR REPLACE FUNCTION retrieval.close_group(group_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER ROLE %I NOLOGIN', 'kasbah_group_' || group_name);
END
$$;

-- These groups and no others.
CREATE OR REPLACE FUNCTION retrieval.set_groups(names text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY names LOOP
    PERFORM retrieval.open_group(one);
  END LOOP;
  FOR one IN SELECT name FROM retrieval.groups WHERE name <> 'everyone' AND name <> ALL (names) LOOP
    PERFORM retrieval.close_group(one);
  END LOOP;
END
$$;

-- Its chunks, documents and login, for good. No policy lets even the owner see them: the force is off for this moment.
CREATE OR REPLACE FUNCTION retrieval.drop_group(group_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  login text := 'kasbah_group_' || group_name;
BEGIN
  EXECUTE format('DROP TABLE retrieval.%I', 'chunks_' || group_name);
  ALTER TABLE retrieval.documents NO FORCE ROW LEVEL SECURITY;
  DELETE FROM retrieval.documents d WHERE d.group_name = drop_group.group_name;
  ALTER TABLE retrieval.documents FORCE ROW LEVEL SECURITY;
  DELETE FROM retrieval.groups WHERE name = group_name;
  EXECUTE format('DROP ROLE %I', login);
END
$$;

REVOKE ALL ON FUNCTION retrieval.make_partition(text), retrieval.open_group(text), retrieval.close_group(text),
  retrieval.set_groups(text[]), retrieval.drop_group(text) FROM PUBLIC;
SELECT retrieval.make_partition('everyone');
