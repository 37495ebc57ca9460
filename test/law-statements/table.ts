import { readFileSync } from "node:fs";
import path from "node:path";

export const KINDS = ["rule", "list", "scheme", "obligation", "qualification", "law", "instrument", "note"] as const;
export type Kind = (typeof KINDS)[number];

/** One thing that the law says, and what carries it. */
export interface Statement {
  /** Section, row of the research and a letter: `2.1.4c`. */
  readonly id: string;
  readonly section: string;
  readonly row: number;
  readonly text: string;
  readonly sources: readonly string[];
  readonly seen: readonly string[];
  readonly kind: Kind;
  /** The id of what carries it, or the sentence that says why nothing does. */
  readonly by: string;
}

const FILE = path.join(import.meta.dirname, "statements.md");
const LINE =
  /^- (?<id>(?<section>2\.\d|3)\.(?<row>\d+)[a-z]) (?<text>.+) \[(?<sources>[^;]+); (?<seen>[TS, ]+)\] (?<carried>.+)$/;
const CARRIED = /^(?:(?<kind>[a-z]+) `(?<by>[^`]+)`|note: (?<note>.+))$/;

const isKind = (word: string): word is Kind => (KINDS as readonly string[]).includes(word);

const parse = (line: string): Statement => {
  const {
    id = "",
    section = "",
    row = "",
    text = "",
    sources = "",
    seen = "",
    carried = "",
  } = LINE.exec(line)?.groups ?? {};
  const { kind = "note", by, note } = CARRIED.exec(carried)?.groups ?? {};
  const carrier = by ?? note;
  if (id === "" || carrier === undefined || !isKind(kind)) throw new Error(`not a statement: ${line}`);
  return {
    id,
    section,
    row: Number(row),
    text,
    sources: sources.split(", "),
    seen: seen.split(", "),
    kind,
    by: carrier,
  };
};

/** The list, a statement for each line. */
export const STATEMENTS: readonly Statement[] = readFileSync(FILE, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("- "))
  .map(parse);
