import { applyOverlay, CLASSES, formatProblem, judge, parseDeclaration, parseRegime, REGIMES } from "@kasbah/core";
import { expect, test } from "vitest";
import { sample } from "../support/declarations.ts";
import { sayRefusal } from "./checks.ts";
import { CONTROL, cyclic, deep } from "./hostile.ts";

type Tree = Record<string, unknown>;

/** A declaration with one part replaced. */
const declared = (part: Tree): unknown => ({ ...sample(), ...part });
const withDataset = (dataset: unknown): unknown => declared({ datasets: { ...sample().datasets, odd: dataset } });
const withDatasets = (datasets: unknown): unknown =>
  declared({ workloads: { store: { layer: "object-storage", datasets } } });

const regimeWith = (part: Tree): unknown => ({ ...structuredClone(REGIMES[0]), ...part });
const regimeWhen = (when: unknown): unknown => regimeWith({ scope: { when, source: "art. 1" } });
const has = (value: string): Tree => ({ fact: "dataset.categories", op: "hasAny", value: [value] });

const linesOf = (input: unknown): readonly string[] => {
  const parsed = parseDeclaration(input, "dev");
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

test.each<[string, () => unknown]>([
  ["10,000 levels in a dataset", () => withDataset(deep(10_000))],
  ["10,000 levels in a regime of one's own", () => declared({ regimes: [deep(10_000)] })],
  ["a dataset that holds itself", () => withDataset(cyclic())],
  ["a regime that holds itself", () => declared({ regimes: [cyclic()] })],
  [
    "200,000 categories that nobody knows",
    () => withDataset({ class: "public", categories: Array(200_000).fill("x") }),
  ],
  ["200,000 datasets that nobody declared", () => withDatasets(Array(200_000).fill("nothing"))],
  ["bytes for a place", () => declared({ places: { odd: new Uint8Array([105, 183]) } })],
  ["a key without a letter", () => declared({ "": 1 })],
  ["a day that is none", () => withDataset({ class: "public", method: { reference: "M", date: "2026-02-30" } })],
  ["not a number", () => declared({ sites: { odd: { maxDwellHoursAbroad: Number.NaN } } })],
  ["a name of 1,000 letters", () => withDatasets(["x".repeat(1_000)])],
  ["a place called __proto__", () => JSON.parse('{"places": {"__proto__": {"at": "aws/eu-west-3"}}}')],
])("a declaration with %s is refused in words", { timeout: 60_000 }, (_, make) => {
  const input = make();
  const parsed = parseDeclaration(input, "dev");
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) sayRefusal(parsed.problems, input);
});

test.each<[string, () => unknown]>([
  ["10,000 levels of not", () => regimeWhen(deep(10_000))],
  ["a condition that holds itself", () => regimeWhen(cyclic())],
  ["a list called constructor", () => regimeWhen(has("@constructor"))],
  ["a list called __proto__", () => regimeWhen(has("@__proto__"))],
  ["a fact called constructor", () => regimeWhen({ fact: "constructor", op: "nonEmpty" })],
  ["a rule twice", () => regimeWith({ rules: [...(REGIMES[0]?.rules ?? []), ...(REGIMES[0]?.rules ?? [])] })],
  ["a source without an article", () => regimeWith({ rules: [{ id: "a", title: "a", source: { instrument: "x" } }] })],
  ["no instrument", () => regimeWith({ instruments: [] })],
  ["a version that is no word", () => regimeWith({ version: "" })],
])("a regime with %s is refused in words", { timeout: 60_000 }, (_, make) => {
  const input = make();
  const parsed = parseRegime(input);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) sayRefusal(parsed.problems, input);
});

test("a regime, a list and a scheme may be called constructor", () => {
  const source = { instrument: "constructor", article: "1", seen: "background" };
  const parsed = parseRegime({
    ...Object(regimeWith({})),
    id: "constructor",
    instruments: [{ id: "constructor", title: "A law", seen: "background", source: "none" }],
    lists: { constructor: { title: "home", members: ["MA"], seen: "background", source: "none" } },
    schemes: [
      {
        id: "constructor",
        of: "dataset",
        title: "levels",
        levels: [{ id: "a", rank: 1 }],
        proposes: Object.fromEntries(CLASSES.map((level) => [level, "a"])),
        source,
      },
    ],
    scope: { when: { facets: ["storage"], op: "anyIn", value: ["@constructor"] }, source: "art. 1" },
    rules: [{ id: "one", title: "one", when: LEVEL, effect: { kind: "deny" }, source }],
    obligations: [],
  });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  const outcome = (labels: Record<string, string>): string =>
    judge(
      {
        datasetName: "d",
        dataset: { class: "public", categories: [], form: "raw", labels },
        place: { name: "p", facets: { storage: ["MA"] }, operator: {}, contract: {}, facts: {} },
        subject: { establishedIn: ["MA"] },
        formalities: [],
        asOf: "2026-11-21",
      },
      [parsed.value],
    ).outcome;
  expect([outcome({ constructor: "a" }), outcome({ constructor: "b" }), outcome({})]).toEqual([
    "denied",
    "allowed",
    "unknown",
  ]);
});
const LEVEL = { fact: "dataset.labels.constructor", op: "eq", value: "a" };

test("a regime may be 30 levels deep", () => {
  expect(parseRegime(regimeWhen(deep(20))).ok).toBe(true);
});

const ODD = { class: "public" };
const BUCKET = { layer: "object-storage", datasets: ["documents"] };

test.each<[string, Tree]>([
  ["a dataset", { datasets: { ...sample().datasets, [CONTROL]: ODD } }],
  ["a place", { places: { ...sample().places, [CONTROL]: sample().places["home"] } }],
  ["a site", { sites: { [CONTROL]: { country: "MA" } } }],
  ["a workload", { workloads: { ...sample().workloads, [CONTROL]: BUCKET } }],
  ["a dataset called __proto__,", { datasets: { ...sample().datasets, ["__proto__"]: ODD } }],
  ["a workload called constructor__,", { workloads: { ...sample().workloads, constructor__: BUCKET } }],
])("%s whose name is no name is refused", (_, part) => {
  const lines = linesOf(declared(part));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("small letters, digits and dashes");
});

test("no problem carries a control character or a turned direction to the terminal", () => {
  const line = linesOf({ ...sample(), [CONTROL]: CONTROL }).join("");
  expect(line).toContain("expected no such key");
  expect([...line].filter((letter) => /[\p{Cc}\p{Bidi_Control}]/u.test(letter))).toEqual([]);
});

test("an overlay 10,000 levels deep is merged or refused, not thrown", () => {
  expect(applyOverlay({ places: deep(10_000) }, { places: deep(10_000) })).toHaveProperty("ok");
});

test("an overlay puts nothing under a prototype", () => {
  const merged = applyOverlay(sample(), JSON.parse('{"places": {"home": {"__proto__": {"country": "FR"}}}}'));
  const places: unknown = merged.ok ? Reflect.get(Object(merged.value), "places") : {};
  const home: unknown = Reflect.get(Object(places), "home");
  expect(Object.getPrototypeOf(home ?? {})).toBe(Object.prototype);
});

test.each([
  ["in the wrong file", { owner: { designations: ["ma-iiv"] } }],
  ["for a dataset", { datasets: { d: "ma-iiv" } }],
  ["for a workload", { workloads: { "ma-iiv": {} } }],
  ["for a preset", { preset: "ma-iiv" }],
  ["beside what is too deep", { owner: { designations: ["ma-iiv"] }, places: deep(300) }],
])("a secret status %s of an environment is not repeated", (_, overlay) => {
  const merged = applyOverlay(sample(), overlay);
  const parsed = merged.ok ? parseDeclaration(merged.value, "dev") : merged;
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) sayRefusal(parsed.problems, overlay);
});
