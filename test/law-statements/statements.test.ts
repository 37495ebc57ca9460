import { REGIMES } from "@kasbah/core";
import { expect, test } from "vitest";
import { KINDS, type Kind, STATEMENTS } from "./table.ts";

/** Rows of the research that were seen in a text or a summary, and statements in them. Nothing may drop out. */
const COUNTED = {
  "2.1": { rows: 19, statements: 41 },
  "2.2": { rows: 17, statements: 42 },
  "2.3": { rows: 14, statements: 39 },
  // an eighth row says that the stock market was not looked into
  "2.4": { rows: 7, statements: 10 },
  "2.5": { rows: 8, statements: 8 },
  "3": { rows: 17, statements: 45 },
} as const;

/** Regimes of countries whose statements stand in another section of the research, and a standard that is no law. */
const ELSEWHERE = ["sa-sama", "ae-cbuae", "in-rbi-psd", "pci-dss"];

/** Everything in the loaded regimes that can carry a statement. */
const CARRIERS: Readonly<Record<Exclude<Kind, "note">, ReadonlySet<string>>> = {
  rule: new Set(REGIMES.flatMap(({ id, rules }) => [`${id}.scope`, ...rules.map((rule) => rule.id)])),
  list: new Set(REGIMES.flatMap(({ lists }) => Object.keys(lists))),
  scheme: new Set(REGIMES.flatMap(({ schemes }) => schemes.map(({ id }) => id))),
  obligation: new Set(REGIMES.flatMap(({ obligations }) => obligations.map(({ id }) => id))),
  qualification: new Set(REGIMES.flatMap(({ qualifications }) => qualifications.map(({ scheme }) => scheme))),
  law: new Set(REGIMES.flatMap(({ laws }) => laws.map(({ id }) => id))),
  instrument: new Set(REGIMES.flatMap(({ instruments }) => instruments.map(({ id }) => id))),
};

const named = (kind: Kind): readonly string[] =>
  STATEMENTS.filter((statement) => statement.kind === kind).map(({ by }) => by);

test("no statement is missing, and each stands once", () => {
  const counted = Object.fromEntries(
    Object.keys(COUNTED).map((section) => {
      const own = STATEMENTS.filter((statement) => statement.section === section);
      return [section, { rows: new Set(own.map(({ row }) => row)).size, statements: own.length }];
    }),
  );
  expect(counted).toEqual(COUNTED);
  expect(STATEMENTS).toHaveLength(185);
  expect(new Set(STATEMENTS.map(({ id }) => id)).size).toBe(STATEMENTS.length);
  expect(new Set(STATEMENTS.map(({ text }) => text)).size).toBe(STATEMENTS.length);
});

test("the rows are numbered without a gap", () => {
  for (const [section, { rows }] of Object.entries(COUNTED)) {
    const own = new Set(STATEMENTS.filter((one) => one.section === section).map(({ row }) => row));
    expect([...own].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, index) => index + 1));
  }
});

test("each was seen in a text or a summary, and names its sources", () => {
  for (const { id, seen, sources } of STATEMENTS) {
    expect({ id, odd: seen.filter((code) => code !== "T" && code !== "S") }).toEqual({ id, odd: [] });
    expect({ id, odd: sources.filter((source) => !/^(MA|EU|US)\d+$/.test(source)) }).toEqual({ id, odd: [] });
  }
});

test.each(KINDS.filter((kind) => kind !== "note"))("every %s that carries a statement is loaded", (kind) => {
  expect(named(kind).filter((id) => !CARRIERS[kind].has(id))).toEqual([]);
});

test.each(["rule", "list", "scheme", "obligation", "qualification", "law"] as const)(
  "every loaded %s of Morocco and the Union carries a statement",
  (kind) => {
    const own = REGIMES.filter(({ id }) => !ELSEWHERE.includes(id));
    const ids = {
      rule: own.flatMap(({ rules }) => rules.map(({ id }) => id)),
      list: own.flatMap(({ lists }) => Object.keys(lists)),
      scheme: own.flatMap(({ schemes }) => schemes.map(({ id }) => id)),
      obligation: own.flatMap(({ obligations }) => obligations.map(({ id }) => id)),
      qualification: own.flatMap(({ qualifications }) => qualifications.map(({ scheme }) => scheme)),
      law: own.flatMap(({ laws }) => laws.map(({ id }) => id)),
    }[kind];
    expect(ids.filter((id) => !named(kind).includes(id) && !BACKGROUND.includes(id))).toEqual([]);
  },
);

/** Background knowledge, or of the model of the research: no statement of the two sections stands behind them. */
const BACKGROUND = ["eea", "ma0908.obl.retention", "ma0908.obl.audit"];

test("a note is at least a sentence", () => {
  for (const note of named("note")) {
    expect(note).toMatch(/^[A-Z].*\.$/);
    expect(note.split(" ").length).toBeGreaterThanOrEqual(8);
  }
});

test("how the statements are carried", () => {
  const counts = KINDS.map((kind) => `${kind} ${named(kind).length}`);
  console.log(`${STATEMENTS.length} statements: ${counts.join(", ")}`);
  expect(counts.length).toBe(KINDS.length);
});
