CREATE TABLE IF NOT EXISTS retrieval.groups (
  name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,30}$')
);

-- A document or a chunk that two groups may read is there twice, once for each: what a group may read, its index and
-- its statistics are its own, and a search of one group never walks over another's vectors.
CREATE TABLE IF NOT EXISTS retrieval.documents (
  group_name text NOT NULL REFERENCES retrieval.groups,
  id text NOT NULL CHECK (id <> ''),
  source text NOT NULL DEFAULT '',
  title text NOT NULL DEFAULT '',
  checksum text NOT NULL DEFAULT '',
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (group_name, id)
);

DO $$
DECLARE
  wanted text := format('%s(%s)', current_setting('kasbah.vector_type'), current_setting('kasbah.dimensions')::int);
  found text := (
    SELECT regexp_replace(format_type(atttypid, atttypmod), '^.*\.', '') FROM pg_catalog.pg_attribute
    WHERE attrelid = to_regclass('retrieval.chunks') AND attname = 'embedding'
  );
  home text := (
    SELECT nspname FROM pg_catalog.pg_extension JOIN pg_catalog.pg_namespace n ON n.oid = extnamespace
    WHERE extname = 'vector'
  );
BEGIN
  IF found IS NULL THEN
    EXECUTE format(
      $sql$CREATE TABLE retrieval.chunks (
        group_name text NOT NULL,
        document_id text NOT NULL,
        ordinal int NOT NULL CHECK (ordinal >= 0),
        content text NOT NULL,
        embedding %1$I.%2$s NOT NULL,
        metadata jsonb NOT NULL DEFAULT '{}',
        PRIMARY KEY (group_name, document_id, ordinal),
        FOREIGN KEY (group_name, document_id) REFERENCES retrieval.documents ON DELETE CASCADE
      ) PARTITION BY LIST (group_name)$sql$,
      home, wanted);
    EXECUTE format('CREATE INDEX chunks_embedding ON retrieval.chunks USING hnsw (embedding %I.%I)',
      home, current_setting('kasbah.vector_type') || '_cosine_ops');
  ELSIF found <> wanted THEN
    RAISE EXCEPTION 'retrieval.chunks holds %, and % is asked for: embed again into a new database', found, wanted;
  END IF;
END
$$;

-- No statistics of values: an estimate in EXPLAIN would tell whether another group has a value that was guessed. Those of
-- group_name say how many rows a group has, which the catalog says anyway, and searches are planned by them.
ALTER TABLE retrieval.documents
  ALTER id SET STATISTICS 0, ALTER source SET STATISTICS 0,
  ALTER title SET STATISTICS 0, ALTER checksum SET STATISTICS 0, ALTER updated_at SET STATISTICS 0;
ALTER TABLE retrieval.chunks
  ALTER document_id SET STATISTICS 0, ALTER ordinal SET STATISTICS 0,
  ALTER content SET STATISTICS 0, ALTER embedding SET STATISTICS 0, ALTER metadata SET STATISTICS 0;

REVOKE ALL ON retrieval.groups, retrieval.documents, retrieval.chunks FROM PUBLIC;
GRANT SELECT ON retrieval.documents, retrieval.chunks TO kasbah_reader;
-- A writer finds what is there and reads none of it.
GRANT SELECT (group_name, id, checksum, updated_at), INSERT, UPDATE, DELETE ON retrieval.documents TO kasbah_ingest;
GRANT SELECT (group_name, document_id, ordinal), INSERT, UPDATE, DELETE ON retrieval.chunks TO kasbah_ingest;

-- Forced: for the owner too there is no row, unless a policy says so.
ALTER TABLE retrieval.documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE retrieval.chunks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['documents', 'chunks'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS readers ON retrieval.%I', name);
    EXECUTE format(
      'CREATE POLICY readers ON retrieval.%I FOR SELECT TO kasbah_reader
       USING (group_name = ANY (ARRAY[retrieval.session_group(), ''everyone'']))', name);
    EXECUTE format('DROP POLICY IF EXISTS writers ON retrieval.%I', name);
    EXECUTE format(
      'CREATE POLICY writers ON retrieval.%I FOR ALL TO kasbah_ingest
       USING (retrieval.session_writes()) WITH CHECK (retrieval.session_writes())', name);
  END LOOP;
END
$$;
