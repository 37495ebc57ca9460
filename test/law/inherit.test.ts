import { type Dataset, findScheme, inheritAll, joined, proposeLabel, REGIMES } from "@kasbah/core";
import { expect, test } from "vitest";
import { vital } from "./matrix-morocco.ts";
import { but, outcomeOf, question, said } from "./support.ts";

const schemes = REGIMES.flatMap((regime) => regime.schemes);
const records: Dataset = {
  class: "restricted",
  categories: ["health"],
  form: "raw",
  labels: { "ma-data": "secret" },
};
const embeddings: Dataset = {
  class: "internal",
  categories: [],
  form: "raw",
  labels: { "ma-data": "confidentiel" },
  derivedFrom: ["records"],
};
const chain = { records, embeddings, cache: { ...embeddings, derivedFrom: ["embeddings"] } };

test.each(["embeddings", "cache"])("%s carry the label of what they were made from", (name) => {
  expect(inheritAll(chain, schemes)[name]).toMatchObject({
    class: "restricted",
    categories: ["health", "personal", "sensitive-09-08", "special-category"],
    labels: { "ma-data": "secret" },
    role: "derived",
  });
});

test("a reclassification on record keeps the dataset's own label", () => {
  const reclassified = { by: "data owner", on: "2026-10-01", reference: "R-7" };
  const inherited = inheritAll({ ...chain, embeddings: { ...embeddings, reclassified } }, schemes);
  expect(inherited["embeddings"]).toMatchObject({ class: "internal", categories: [] });
});

test("datasets that name each other end, with everything that they carry", () => {
  const round = inheritAll({ ...chain, records: { ...records, derivedFrom: ["cache"] } }, schemes);
  expect(round["records"]?.class).toBe("restricted");
});

test("joined data takes the highest of each part and the rawest form", () => {
  const anonymous: Dataset = {
    class: "public",
    categories: [],
    form: "anonymised",
    method: { reference: "M", date: "2026-01-01" },
    labels: { "ma-data": "public" },
  };
  expect(
    joined([anonymous, records, { ...records, class: "critical", labels: { "ma-data": "tres-secret" } }], schemes),
  ).toMatchObject({
    class: "critical",
    form: "raw",
    labels: { "ma-data": "tres-secret" },
  });
});

test("where an origin has no legal level, nobody knows the level of what is made from it", () => {
  const { labels: _, ...unlabelled } = records;
  expect(inheritAll({ ...chain, records: unlabelled }, schemes)["cache"]).not.toHaveProperty("labels");
  const silent: Dataset = { class: "internal", categories: [], form: "raw", derivedFrom: ["records"] };
  expect(inheritAll({ records, silent }, schemes)["silent"]?.labels).toEqual({ "ma-data": "secret" });
});

test.each(["anonymised", "aggregated", "synthetic"] as const)(
  "a form %s without a recorded method counts as raw",
  (form) => {
    const claimed = question("MA", { dataset: { form } });
    expect(outcomeOf(claimed, "ma0908.proc.decl")).toBe("needs-formality");
    const recorded = but(claimed, { dataset: { method: { reference: "M", date: "2026-01-01" } } });
    expect(outcomeOf(recorded, "ma0908.proc.decl")).toBe(form === "aggregated" ? "needs-formality" : "silent");
  },
);

test("a legal level is proposed, and never taken from the class", () => {
  const scheme = findScheme("ma-data", REGIMES);
  if (scheme === undefined) throw new Error("no scheme ma-data");
  expect(proposeLabel(scheme, "restricted")).toBe("secret");
  const unlabelled = but(vital, { dataset: { labels: { "ma-data": undefined } } });
  expect(said(unlabelled, "ma0520.classified")).toMatchObject({
    outcome: "unknown",
    missing: ["dataset.labels.ma-data"],
    change: expect.stringContaining("proposed for class restricted: secret; its owner has to declare it"),
  });
});
