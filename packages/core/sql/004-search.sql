-- All of it runs with the rights of whoever calls: nothing here is SECURITY DEFINER.
DO $install$
DECLARE
  vector_type text := current_setting('kasbah.vector_type');
  home text := (
    SELECT nspname FROM pg_catalog.pg_extension JOIN pg_catalog.pg_namespace n ON n.oid = extnamespace
    WHERE extname = 'vector'
  );
BEGIN
  EXECUTE format('SELECT %L::%I.vector', '[1]', home); -- loads the library: only then are its settings known

  -- The nearest k of what the session's group may read; the scan goes on until it has k. The group stands in the text so
  -- that the planner opens two partitions and not all. It is no check: the policy is, whatever stands here.
  EXECUTE format(
    $sql$CREATE OR REPLACE FUNCTION retrieval.search(query %1$I.%2$s, k int DEFAULT 10)
    RETURNS TABLE (document_id text, ordinal int, content text, metadata jsonb, distance double precision)
    LANGUAGE plpgsql STABLE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
    SET hnsw.iterative_scan = 'strict_order'
    SET hnsw.ef_search = 100
    AS $body$
    BEGIN
      RETURN QUERY EXECUTE format(
        'SELECT c.document_id, c.ordinal, c.content, c.metadata, c.embedding OPERATOR(%1$I.<=>) $1
         FROM retrieval.chunks c
         WHERE c.group_name IN (%%L, ''everyone'')
         ORDER BY c.embedding OPERATOR(%1$I.<=>) $1
         LIMIT least(greatest($2, 0), 1000)', retrieval.session_group()) USING query, k;
    END
    $body$$sql$, home, vector_type);

  -- The nearest k of named documents: few, so each of their chunks is compared, and none is missed.
  EXECUTE format(
    $sql$CREATE OR REPLACE FUNCTION retrieval.search_documents(query %1$I.%2$s, documents text[], k int DEFAULT 10)
    RETURNS TABLE (document_id text, ordinal int, content text, metadata jsonb, distance double precision)
    LANGUAGE sql STABLE SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
      SELECT c.document_id, c.ordinal, c.content, c.metadata, c.distance
      FROM (
        SELECT n.*, n.embedding OPERATOR(%1$I.<=>) query AS distance FROM retrieval.chunks n
        WHERE n.document_id = ANY (documents) OFFSET 0
      ) c
      ORDER BY c.distance
      LIMIT least(greatest(k, 0), 1000);
    END$sql$, home, vector_type);

  -- A chunk for these groups and no others. The document must have been put for them before. Written as a deletion and
  -- an insertion: ON CONFLICT ... SET x = excluded.x asks for the right to read x, which a writer has not.
  EXECUTE format(
    $sql$CREATE OR REPLACE FUNCTION retrieval.put_chunk(
      document_id text, ordinal int, groups text[], content text, embedding %1$I.%2$s, metadata jsonb DEFAULT '{}'
    ) RETURNS void
    LANGUAGE sql SECURITY INVOKER
    SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
      DELETE FROM retrieval.chunks c
        WHERE c.document_id = put_chunk.document_id AND c.ordinal = put_chunk.ordinal;
      INSERT INTO retrieval.chunks (group_name, document_id, ordinal, content, embedding, metadata)
        SELECT DISTINCT g, put_chunk.document_id, put_chunk.ordinal, put_chunk.content, put_chunk.embedding,
          put_chunk.metadata
        FROM unnest(put_chunk.groups) g;
    END$sql$, home, vector_type);
  EXECUTE format(
    'REVOKE ALL ON FUNCTION retrieval.put_chunk(text, int, text[], text, %1$I.%2$s, jsonb),
       retrieval.search(%1$I.%2$s, int), retrieval.search_documents(%1$I.%2$s, text[], int) FROM PUBLIC', home, vector_type);
  EXECUTE format(
    'GRANT EXECUTE ON FUNCTION retrieval.search(%1$I.%2$s, int), retrieval.search_documents(%1$I.%2$s, text[], int)
       TO kasbah_reader', home, vector_type);
  EXECUTE format(
    'GRANT EXECUTE ON FUNCTION retrieval.put_chunk(text, int, text[], text, %1$I.%2$s, jsonb) TO kasbah_ingest',
    home, vector_type);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO kasbah_reader, kasbah_ingest', home);
END
$install$;

-- A document for these groups and no others: a group that is left out loses its chunks too.
CREATE OR REPLACE FUNCTION retrieval.put_document(
  id text, groups text[], source text DEFAULT '', title text DEFAULT '', checksum text DEFAULT ''
) RETURNS void
LANGUAGE sql SECURITY INVOKER
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  DELETE FROM retrieval.documents d WHERE d.id = put_document.id AND d.group_name <> ALL (put_document.groups);
  UPDATE retrieval.documents d
    SET source = put_document.source, title = put_document.title, checksum = put_document.checksum, updated_at = now()
    WHERE d.id = put_document.id;
  INSERT INTO retrieval.documents (group_name, id, source, title, checksum)
    SELECT DISTINCT g, put_document.id, put_document.source, put_document.title, put_document.checksum
    FROM unnest(put_document.groups) g
    ON CONFLICT DO NOTHING;
END;

REVOKE ALL ON FUNCTION retrieval.put_document(text, text[], text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retrieval.put_document(text, text[], text, text, text) TO kasbah_ingest;
