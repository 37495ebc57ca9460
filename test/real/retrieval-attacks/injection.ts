import { type Attempt, type Known, reads, type Step } from "./attempt.ts";

/** What a user types where a program expects a document's name. */
const TYPED: readonly ((known: Known) => string)[] = [
  () => "' OR '1'='1",
  () => "' OR 1=1 --",
  () => "' OR group_name IS NOT NULL --",
  () => "' OR true; --",
  ({ other }) => `' OR group_name = '${other}`,
  ({ other }) => `' UNION SELECT content FROM retrieval.chunks_${other} --`,
  () => "' UNION ALL SELECT content FROM retrieval.chunks --",
  () => "' UNION SELECT title FROM retrieval.documents --",
  ({ other }) => `'; SET ROLE kasbah_group_${other}; SELECT content FROM retrieval.chunks; --`,
  ({ other }) => `'; SET SESSION AUTHORIZATION kasbah_group_${other}; SELECT content FROM retrieval.chunks; --`,
  () => "'; SET row_security = off; SELECT content FROM retrieval.chunks; --",
  () => "'; ALTER TABLE retrieval.chunks DISABLE ROW LEVEL SECURITY; SELECT content FROM retrieval.chunks; --",
  () => "'; DROP POLICY readers ON retrieval.chunks; SELECT content FROM retrieval.chunks; --",
  ({ other }) => `' || (SELECT content FROM retrieval.chunks_${other} LIMIT 1) || '`,
  () => "' AND content::int = 1 --",
  () => "' OR content::int = 1 --",
  ({ other }) =>
    `'; SELECT set_config('role', 'kasbah_group_${other}', false); SELECT content FROM retrieval.chunks; --`,
  () => "'; COPY retrieval.documents TO STDOUT; --",
  () => "' OR query_to_xml('SELECT * FROM retrieval.chunks', true, true, '')::text LIKE '%x --",
  () => "\\'; SELECT content FROM retrieval.chunks; --",
  () => "'/**/OR/**/document_id/**/LIKE/**/'%",
  () => "'; DO $$ BEGIN RAISE NOTICE '%', (SELECT string_agg(content, ',') FROM retrieval.chunks); END $$; --",
];

const numbered = (steps: (text: (known: Known) => string) => (known: Known) => readonly Step[]) =>
  Object.fromEntries(TYPED.map((text, index) => [`${index + 1}`, steps(text)]));

const QUERY = "SELECT content FROM retrieval.chunks WHERE document_id =";

export const INJECTED: readonly Attempt[] = [
  // pasted into the text of a careless program: the statement is the attacker's from there on
  ...reads(
    "pasted",
    numbered((text) => (known) => [`${QUERY} '${text(known)}'`, "ROLLBACK"]),
  ),
  // as a value, by the extended protocol: it stays a value
  ...reads(
    "value",
    numbered((text) => (known) => [{ text: `${QUERY} $1`, values: [text(known)] }]),
  ),
  ...reads(
    "value in a vector",
    Object.fromEntries(
      [
        "[1]'; SELECT content FROM retrieval.chunks; --",
        "[NaN]",
        "[Infinity]",
        "[]",
        "[1e999]",
        "$1",
        "{1}",
        "[1,,2]",
      ].map((value) => [value, () => [{ text: "SELECT * FROM retrieval.search($1, 1000)", values: [value] }]]),
    ),
  ),
  ...reads(
    "value as a list",
    Object.fromEntries(
      ["{%}", "{NULL}", "{{a},{b}}", "{}", '{"\' OR true --"}'].map((value) => [
        value,
        ({ vector }) => [{ text: "SELECT * FROM retrieval.search_documents($1, $2, 1000)", values: [vector, value] }],
      ]),
    ),
  ),
];
