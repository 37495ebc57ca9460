import { inspect } from "node:util";
import {
  formatProblem,
  judge,
  labelsOf,
  parseDeclaration,
  parseRegime,
  planOf,
  publicView,
  REGIMES,
  type Verdict,
} from "@kasbah/core";
import { expect, test } from "vitest";
import { sample } from "../support/declarations.ts";
import { vital } from "./matrix-morocco.ts";
import { companyRegime } from "./own-regime.ts";
import { but, filed, question } from "./support.ts";

/** Words of which each would say that the owner has the status, or which law it is under. */
const BETRAYS = /ma-iiv|ma-entity|iiv|05-?20|vital|dgssi|homologation|dec-2-24|2-24-921|3-17-25|sensitive system/i;

const declared = (designations: unknown, change: (declaration: Record<string, unknown>) => void = () => {}) => {
  const declaration = {
    ...sample(),
    owner: { id: "example.ma", establishedIn: ["MA"], sector: "energy", designations },
  };
  change(declaration);
  return parseDeclaration(declaration, "dev");
};

const refusals = (designations: readonly string[]): readonly string[] => {
  const parsed = declared(designations, ({ datasets, workloads }) => {
    Object.assign(Object(datasets).documents, { labels: { "ma-data": "secret" } });
    Object.assign(Object(workloads)["document-store"], { labels: { "ma-si": "A" }, places: ["europe"] });
  });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  return planOf(parsed.value, "2026-11-21").refusals;
};

test("a plan that the status alone refuses names neither the status nor the law", () => {
  const text = refusals(["ma-iiv"]).join("\n");
  expect(text).toContain("confidential rule");
  expect(text).not.toMatch(BETRAYS);
});

test("the two statuses cannot be told apart by what is shown", () => {
  expect(refusals(["ma-iiv"])).toEqual(refusals(["ma-entity"]));
});

const shown = (verdict: Verdict): string => JSON.stringify(publicView(verdict));

test.each([
  ["allowed", {}],
  ["needs-formality", { formalities: filed("cndp-declaration") }],
  ["unknown", { dataset: { labels: { "ma-data": undefined } } }],
  ["denied", { place: { facets: { backup: ["FR"] } } }],
  ["conditional", { place: { isCloud: false, facets: { controlPlane: ["FR"] } } }],
] as const)("the public view of a verdict that is %s betrays nothing", (outcome, change) => {
  const verdict = judge(but(vital, change), REGIMES);
  expect(JSON.stringify(verdict)).toMatch(BETRAYS); // asked for by a flag, it is there
  expect(verdict.outcome).toBe(outcome);
  expect(publicView(verdict).outcome).toBe(outcome);
  expect(shown(verdict)).not.toMatch(BETRAYS);
});

test("where the law allows, who has a status looks like who has none", () => {
  const without = but(vital, { subject: { designations: [] } });
  expect(shown(judge(vital, REGIMES))).toBe(shown(judge(without, REGIMES)));
});

test("a company's confidential rule looks the same, so that the line does not say whose it is", () => {
  const own = parseRegime({ ...companyRegime(), confidential: true });
  if (!own.ok) throw new Error("refused");
  const byCompany = judge(question("MA", { asOf: "2027-01-01" }), [own.value]);
  const byLaw = judge(but(vital, { place: { facets: { backup: ["FR"] } } }), REGIMES);
  const withheld = (verdict: Verdict) => publicView(verdict).decidedBy;
  expect(withheld(byCompany)).toEqual(withheld(byLaw));
});

test.each<[string, unknown, (declaration: Record<string, unknown>) => void]>([
  ["a status misspelt", ["ma-ivv"], () => {}],
  ["one status, not a list", "ma-iiv", () => {}],
  ["a status among words that are none", ["ma-iiv", "ma-x"], () => {}],
  ["the key misspelt", [], ({ owner }) => Object.assign(Object(owner), { designation: ["ma-iiv"] })],
  ["the key in another place", [], (declaration) => Object.assign(declaration, { status: ["ma-iiv"] })],
  ["the owner as a list", [], (declaration) => Object.assign(declaration, { owner: ["ma-iiv"] })],
  ["a status as a place's name", [], ({ places }) => Object.assign(Object(places), { "MA-IIV ma-iiv": {} })],
])("%s: the problem is said without the status", (_, designations, change) => {
  const parsed = declared(designations, change);
  expect(parsed.ok).toBe(false);
  if (parsed.ok) return;
  expect(parsed.problems.map(formatProblem).join("\n")).not.toMatch(/ma-iiv|ma-ivv|ma-entity/);
});

test("a declaration that ends in a log by accident does not say it, and is still read", () => {
  const parsed = declared(["ma-iiv"]);
  if (!parsed.ok) throw new Error("refused");
  expect(JSON.stringify(parsed.value.owner)).not.toMatch(/ma-iiv/);
  expect(inspect(parsed.value.owner)).not.toMatch(/ma-iiv/);
  expect([...(parsed.value.owner.designations ?? [])]).toEqual(["ma-iiv"]);
});

test("no label carries it", () => {
  const labels = labelsOf({ class: "restricted", datasets: ["documents"], owner: "example.ma", env: "dev" }, true);
  expect(JSON.stringify(labels)).not.toMatch(BETRAYS);
});
