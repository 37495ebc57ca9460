import { applyOverlay, formatProblem, parseDeclaration } from "@kasbah/core";
import { expect, test } from "vitest";
import { sample } from "../support/declarations.ts";

const linesOf = (input: unknown): readonly string[] => {
  const parsed = parseDeclaration(input, "dev");
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

test("a declaration is parsed into plain, resolved values", () => {
  const parsed = parseDeclaration(sample(), "dev");
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  const { places, datasets, workloads } = parsed.value;
  expect(places["home"]?.facets.support).toEqual(["MA"]);
  expect(places["europe"]).toMatchObject({ cloud: "aws", region: "eu-west-3", operator: { controlledFrom: ["US"] } });
  expect(places["europe"]?.facets).toMatchObject({ storage: ["FR"], backup: ["FR"] });
  expect(places["europe"]?.facets).not.toHaveProperty("controlPlane"); // nobody said: unknown, not France
  expect(datasets["documents"]?.categories).toEqual(["national-id", "personal"]);
  expect(workloads["vector-store"]).toMatchObject({ name: "vector-store", replicas: [], backups: [] });
});

test("five mistakes in two layers give five lines, each with path, expected, got and how to mend it", () => {
  const declaration = sample();
  Object.assign(declaration.workloads["vector-store"] ?? {}, { retentionDays: 1, sise: "small", datasets: ["vectrs"] });
  Object.assign(declaration.workloads["document-store"] ?? {}, { retentionDays: "many", places: ["mars"] });
  expect(linesOf(declaration)).toEqual([
    'workloads.document-store.retentionDays: expected a number, got "many"; correct it',
    'workloads.vector-store.sise: expected no such key, got "small"; did you mean size?',
    "workloads.vector-store.retentionDays: expected at least 7 in production, got 1; give 7 or more",
    'workloads.document-store.places.0: expected a declared place, got "mars"; take one of home, europe, or declare it',
    'workloads.vector-store.datasets.0: expected a declared dataset, got "vectrs"; did you mean vectors?',
  ]);
});

test.each([
  ["nothing", undefined, "expected an object, got nothing"],
  ["a list", [], "expected an object, got []"],
  ["a word", "hello", 'expected an object, got "hello"'],
])("%s instead of a declaration is said, not thrown", (_, input, line) => {
  expect(linesOf(input).join("\n")).toContain(line);
});

test("an unknown region suggests the nearest one, since its country would be unknown", () => {
  const declaration = sample();
  Object.assign(declaration.places["europe"] ?? {}, { at: "aws/eu-west-33" });
  expect(linesOf(declaration)).toEqual([
    'places.europe.at: expected a region of aws that Kasbah knows the country of, got "aws/eu-west-33"; did you mean aws/eu-west-3?',
  ]);
});

test("the country of a public region cannot be declared to be another", () => {
  const declaration = sample();
  Object.assign(declaration.places["europe"] ?? {}, { country: "MA" });
  expect(linesOf(declaration)).toEqual([
    'places.europe.country: expected FR, where aws/eu-west-3 is, got "MA"; remove it: the country of a public region is known',
  ]);
});

test("an overlay changes what an environment may change, and joins formalities", () => {
  const base = sample();
  const merged = applyOverlay(base, {
    preset: "throwaway",
    workloads: { "vector-store": { size: "large" } },
    formalities: [{ type: "cndp-transfer-notified", reference: "T-1" }],
  });
  expect(merged).toMatchObject({
    ok: true,
    value: {
      preset: "throwaway",
      workloads: { "vector-store": { size: "large", layer: "postgres" } },
      formalities: [{ type: "cndp-processing-authorisation" }, { type: "cndp-transfer-notified" }],
    },
  });
});

test("an overlay cannot add a dataset or a workload", () => {
  const merged = applyOverlay(sample(), { datasets: { more: { class: "public" } }, workloads: { other: {} } });
  expect(merged.ok ? [] : merged.problems.map(({ path }) => path)).toEqual(["datasets", "workloads.other"]);
});
