import { findProvider, knownOperators, knownProviders, knownRegions, permits, planOf } from "@kasbah/core";
import { expect, test } from "vitest";
import { parsed, problemsOf } from "./declared.ts";

const VENDORS = ["anthropic", "groq", "koyeb", "lambda", "mistral", "openrouter", "replicate", "runpod", "together"];

test("every vendor is there, and every row has its source and date", () => {
  expect([...new Set(knownProviders().map(({ vendor }) => vendor))].sort()).toEqual(VENDORS);
  for (const row of [...knownProviders(), ...knownOperators(), ...knownRegions()]) {
    expect(row.source).not.toBe("");
    expect(row.asOf).toMatch(/^\d{4}(-\d\d-\d\d)?$/);
  }
});

test.each(knownProviders().map((row) => [row.id, row] as const))("%s says only what is known", (id, row) => {
  expect(findProvider(id)).toBe(row);
  expect(id === row.vendor || id.startsWith(`${row.vendor}-`)).toBe(true);
  for (const countries of Object.values(row.facets)) {
    expect(countries.length).toBeGreaterThan(0);
    for (const country of countries) expect(country).toMatch(/^[A-Z]{2}$/);
  }
  expect(row.facets).not.toHaveProperty("support"); // nobody has said
  expect(row.facets).not.toHaveProperty("controlPlane");
  const american = row.operator.extraterritorialLaws?.includes("us-cloud-act") ?? false;
  expect(row.lawSource !== undefined).toBe(american);
  if (row.operator.incorporatedIn !== undefined) expect(american).toBe(row.operator.incorporatedIn === "US");
});

test.each([
  ["mistral-eu", ["FR", "CH"], ["US", "GB"]],
  ["openrouter-eu", ["FR", "GB"], ["US"]],
  ["anthropic-us", ["US"], ["FR"]],
  ["runpod-fr", ["FR"], ["US"]],
  ["koyeb-par", ["FR"], ["DE"]],
])("%s processes in some countries and not in others", (id, inside, outside) => {
  const countries = findProvider(id)?.facets.processing ?? [];
  for (const country of inside) expect(countries).toContain(country);
  for (const country of outside) expect(countries).not.toContain(country);
});

test.each(["mistral-global", "anthropic-global", "groq", "together", "replicate", "runpod-any", "runpod-community"])(
  "where %s processes is unknown",
  (id) => expect(findProvider(id)?.facets).toEqual({}),
);

test("every region has an operator row, and a partition that others run is not the vendor's", () => {
  const rowOf = (cloud: string, partition: string) =>
    knownOperators().filter((row) => row.cloud === cloud && row.partitions.includes(partition));
  for (const { cloud, partition } of knownRegions()) expect(rowOf(cloud, partition)).toHaveLength(1);
  expect(rowOf("gcp", "s3nsapis.fr")[0]?.operator).not.toHaveProperty("controlledFrom");
  expect(rowOf("aws", "aws")[0]?.operator.controlledFrom).toEqual(["US"]);
});

const call = (dataset: string, at: string) =>
  planOf(
    parsed((declaration) => {
      Object.assign(declaration, {
        sites: { model: { at } },
        flows: [{ kind: "call-model", from: "document-store", to: "model", datasets: [dataset] }],
      });
    }),
    "2026-11-21",
  );

test.each(["anthropic-us", "anthropic-global", "openrouter-us", "groq", "lambda-us-east-1", "together"])(
  "a call to %s: public data may go, personal Moroccan data may not",
  (id) => {
    expect(call("product-docs", `provider/${id}`).refusals).toEqual([]);
    const { flows, refusals } = call("documents", `provider/${id}`);
    expect(["needs-formality", "unknown", "denied"]).toContain(flows[0]?.verdict.outcome);
    expect(refusals[0]).toMatch(/^flows\.0: call-model from home to model is refused\. documents: /);
  },
);

test("a contract can say what the vendor's page does not", () => {
  const declared = parsed((declaration) => {
    const facets = { storage: ["FR"], support: ["FR"] };
    Object.assign(declaration, { sites: { model: { at: "provider/mistral-eu", facets } } });
  });
  expect(declared.sites["model"]).toMatchObject({
    kind: "saas",
    isCloud: true,
    operator: { incorporatedIn: "FR" },
    facets: { storage: ["FR"], support: ["FR"], processing: expect.arrayContaining(["FR", "SE"]) },
  });
  expect(declared.sites["model"]?.facets).not.toHaveProperty("controlPlane");
});

test.each([
  ["provider/mistral", "mistral and where it runs", "take provider/mistral-eu or provider/mistral-global or"],
  ["provider/mistral-uk", "a provider that Kasbah knows", "take provider/mistral-"],
  ["provider/nobody", "a provider that Kasbah knows", "remove at"],
])("%s is not a provider with a choice", (at, expected, mend) => {
  const problems = problemsOf((declaration) => void Object.assign(declaration, { sites: { model: { at } } }));
  expect(problems).toMatchObject([{ path: "sites.model.at", expected, got: at }]);
  expect(problems[0]?.mend).toContain(mend);
});

test("a provider is no place for a layer, and has no country of the declaration's own", () => {
  const asPlace = problemsOf(({ places }) => void Object.assign(places, { model: { at: "provider/mistral-eu" } }));
  expect(asPlace).toMatchObject([{ path: "places.model.at", got: "provider/mistral-eu" }]);
  expect(asPlace[0]?.expected).toContain("a provider is declared under sites");
  const asHome = problemsOf((declaration) => {
    Object.assign(declaration, { sites: { model: { at: "provider/mistral-eu", country: "MA" } } });
    Object.assign(declaration.workloads["vector-store"] ?? {}, { places: ["model"] });
  });
  expect(asHome.map(({ path }) => path)).toEqual(["sites.model.country", "workloads.vector-store.places.0"]);
});

test("a region without a known country has no verdict that lets personal data in", () => {
  const { flows } = call("documents", "provider/lambda-me-west-1");
  expect(permits(flows[0]?.verdict.outcome ?? "allowed")).toBe(false);
});
