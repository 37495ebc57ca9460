import { randomBytes } from "node:crypto";
import type { Session } from "../retrieval-attacks.ts";
import type { Guess, Known, Login } from "./attempt.ts";

/** Two groups with chunks, and what must not cross over from the one to the other. */
export interface Scene {
  readonly own: Login;
  readonly known: Known;
  /** Texts that stand in the other group's rows and nowhere else. */
  readonly secrets: readonly string[];
  /** A text that stands in the own group's row. */
  readonly ownSecret: string;
  readonly ownDocument: string;
  readonly right: Guess;
  readonly wrong: Guess;
}

export interface Setting {
  readonly own: Login;
  readonly ownGroup: string;
  readonly otherGroup: string;
  readonly database: string;
  readonly dimensions: number;
  /** Chunks of each group besides those with secrets: more than a search looks at. @default 60 */
  readonly filler?: number;
}

const canary = (kind: string): string => `canary-${kind}-${randomBytes(12).toString("hex")}`;

/** Whole numbers, so that 16 bits keep them exactly and their text is known. */
const vectorOf = (dimensions: number, first: readonly number[]): string => {
  const rest = Array.from({ length: dimensions - first.length }, () => (randomBytes(1)[0] ?? 0) - 128);
  return `[${[...first, ...rest].join(",")}]`;
};

/**
 * Puts both groups' chunks, as a writer does. Statistics, where they are kept, have to be taken by the owner afterwards.
 * @throws {Error} when a chunk cannot be put
 */
export const plant = async (writer: Session, setting: Setting): Promise<Scene> => {
  const { own, ownGroup, otherGroup, database, dimensions, filler = 60 } = setting;
  const marks = [1771, 1773, 1777]; // large beside the rest: all of the other group's vectors lie close together
  const [content, title, note, hidden, ownSecret] = ["content", "title", "note", "document", "own"].map(canary);
  if (!content || !title || !note || !hidden || !ownSecret) throw new Error("no canaries");
  const vector = vectorOf(dimensions, marks);
  // new names each time: rows that are replaced stay in the index as dead ones, and searches pass them
  const [plan, mine] = ["plan", "mine"].map((kind) => `${kind}-${randomBytes(4).toString("hex")}`);
  if (!plan || !mine) throw new Error("no names");
  const put = async (text: string, values: readonly string[]): Promise<void> => {
    const { code, text: said } = await writer.send({ text, values });
    if (code !== undefined) throw new Error(`${text}: ${said}`);
  };
  const document = (group: string, id: string, name: string) =>
    put("SELECT retrieval.put_document($1, $2, '', $3)", [id, `{${group}}`, name]);
  const chunk = (group: string, id: string, ordinal: number, words: string, embedding: string, metadata = "{}") =>
    put("SELECT retrieval.put_chunk($1, $2, $3, $4, $5, $6)", [
      id,
      `${ordinal}`,
      `{${group}}`,
      words,
      embedding,
      metadata,
    ]);

  await document(otherGroup, plan, title);
  await document(otherGroup, hidden, title);
  await document(ownGroup, mine, "the own one");
  const ownVector = vectorOf(dimensions, [1, 2, 3]);
  for (let ordinal = 0; ordinal < 4; ordinal += 1) {
    await chunk(otherGroup, plan, ordinal, content, vector, JSON.stringify({ note }));
    await chunk(otherGroup, hidden, ordinal, content, vector, JSON.stringify({ note }));
  }
  await chunk(ownGroup, mine, 0, ownSecret, ownVector);
  for (let ordinal = 0; ordinal < filler; ordinal += 1) {
    await chunk(otherGroup, plan, 100 + ordinal, content, vectorOf(dimensions, marks));
    await document(otherGroup, `${plan}-${ordinal}`, title); // often enough for statistics to know it
    await document(ownGroup, `${mine}-${ordinal}`, `the own one, ${ordinal}`);
    await chunk(ownGroup, mine, 100 + ordinal, `words ${ordinal}`, vectorOf(dimensions, [1, 2, 3]));
  }
  return {
    own,
    known: { own: ownGroup, other: otherGroup, document: plan, vector: ownVector, database },
    secrets: [content, title, note, hidden, marks.join(",")],
    ownSecret,
    ownDocument: mine,
    right: { content, document: hidden, title, vector },
    wrong: {
      content: canary("content"),
      document: canary("document"),
      title: canary("title"),
      vector: vectorOf(
        dimensions,
        marks.map((mark) => -mark),
      ),
    },
  };
};

/** Takes away what {@link plant} put. */
export const clear = async (writer: Session, { known, right, ownDocument }: Scene): Promise<void> => {
  const { text } = await writer.send("SELECT id FROM retrieval.documents");
  const ids: unknown = JSON.parse(text.split("\n")[0] ?? "[]");
  for (const id of Array.isArray(ids) ? ids.flat().map(String) : [])
    if ([known.document, right.document, ownDocument].some((name) => id.startsWith(name)))
      await writer.send({ text: "SELECT retrieval.put_document($1, '{}')", values: [id] });
};
