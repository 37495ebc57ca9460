import { FLOW_KINDS, type FlowKind, graphOf, type JudgedFlow, permits, planOf, STATE_DATASET } from "@kasbah/core";
import { expect, test } from "vitest";
import type { Sample } from "../support/declarations.ts";
import { parsed, problemsOf } from "./declared.ts";

const AS_OF = "2026-11-21";
const ALL = ["storage", "processing", "backup", "logs", "controlPlane", "support", "keys"];
const site = (country: string) => ({
  country,
  operator: { isSubject: false },
  contract: { processorClauses: true },
  facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: true, keyManager: true },
});

const withSites = (declaration: Sample, more: Record<string, unknown>): void => {
  Object.assign(declaration, { sites: { rabat: site("MA"), virginia: site("US") }, ...more });
};
const plan = (more: Record<string, unknown>) =>
  planOf(
    parsed((declaration) => withSites(declaration, more)),
    AS_OF,
  );
const flow = (kind: FlowKind, to: string, datasets?: string[]): JudgedFlow => {
  const declared = { kind, from: "document-store", to, ...(datasets === undefined ? {} : { datasets }) };
  const [only] = plan({ flows: [declared] }).flows;
  if (only === undefined) throw new Error("no flow");
  return only;
};

const CARRYING = FLOW_KINDS.filter((kind) => !["hold-keys", "store-state", "pull-image"].includes(kind));

test.each(CARRYING)("%s: at home it is permitted, abroad it is refused as the data itself would be", (kind) => {
  expect(flow(kind, "rabat")).toMatchObject({ datasets: ["documents"], from: "home", path: "flows.0" });
  expect(permits(flow(kind, "rabat").verdict.outcome)).toBe(true);
  expect(flow(kind, "virginia").verdict.outcome).toBe("needs-formality");
  expect(permits(flow(kind, "virginia", ["product-docs"]).verdict.outcome)).toBe(true);
});

test("an image holds no data until somebody says that it does", () => {
  expect(flow("pull-image", "virginia")).toMatchObject({ datasets: [], verdict: { outcome: "allowed", verdicts: [] } });
  expect(flow("pull-image", "virginia", ["documents"]).verdict.outcome).toBe("needs-formality");
});

/** A company's rule: keys in Morocco, and data in Morocco, whatever it is. */
const keysAtHome = {
  id: "own",
  version: "1",
  jurisdiction: "own",
  title: "Own rule",
  authority: { id: "own", name: "Own" },
  instruments: [{ id: "policy", title: "Policy", seen: "primary", source: "intranet" }],
  scope: { when: { always: true }, source: "1" },
  categories: [],
  rules: ["keys", "storage"].map((facet) => ({
    id: `own.${facet}`,
    title: facet,
    when: { always: true },
    effect: { kind: "require", check: { facets: [facet], op: "allIn", value: ["MA"] }, onFail: "denied", duty: "MA" },
    source: { instrument: "policy", article: "1", seen: "primary" },
  })),
  obligations: [],
};

test.each([
  ["vault", "allowed"],
  ["hsm", "allowed"], // its own storage is abroad, and no data comes to it
  ["abroad", "denied"],
  ["unsaid", "unknown"], // not home's own keys, which are no longer used
])("keys held by %s are judged as the data at home with its keys there", (to, outcome) => {
  const sites = {
    vault: site("MA"),
    hsm: { ...site("US"), facets: { keys: ["MA"] } },
    abroad: { ...site("MA"), facets: { keys: ["US"] } },
    unsaid: { facets: { storage: ["MA"] } },
  };
  const workloads = { "document-store": { layer: "object-storage", datasets: ["documents"], places: ["home"] } };
  const flows = [{ kind: "hold-keys", from: "document-store", to }];
  const judged = plan({ sites, flows, workloads, regimes: [keysAtHome] });
  expect(judged.flows[0]?.verdict).toMatchObject({ place: "home", outcome });
});

test("keys at home do not make the place abroad a home, and no data flows to where keys are", () => {
  const declared = parsed((declaration) => {
    withSites(declaration, { flows: [{ kind: "hold-keys", from: "product-docs-store", to: "rabat" }] });
  });
  const { flows, placements } = planOf(declared, AS_OF);
  expect(flows).toMatchObject([{ kind: "hold-keys", from: "europe", verdict: { outcome: "allowed" } }]);
  expect(graphOf(declared, { flows, placements }).dataAt("rabat")).toEqual([]);
});

test("the state is technical data of the highest class, and is judged where it is kept", () => {
  const { flows, refusals } = plan({ stateBackend: "virginia" });
  expect(flows).toMatchObject([
    {
      kind: "store-state",
      path: "stateBackend",
      workload: "sample",
      datasets: [STATE_DATASET],
      to: { name: "virginia" },
    },
  ]);
  expect(flows[0]?.verdict.verdicts.map(({ dataset }) => dataset)).toEqual([STATE_DATASET]);
  expect(refusals).toEqual([]); // no regime of the sample's owner speaks of technical data
});

test("a declared dataset of that name is what the state is judged as", () => {
  const refused = planOf(
    parsed((declaration) => {
      withSites(declaration, { stateBackend: "virginia" });
      declaration.datasets[STATE_DATASET] = { class: "restricted", categories: ["national-id"] };
    }),
    AS_OF,
  );
  expect(refused.refusals[0]).toMatch(
    /^stateBackend: store-state from the engine to virginia is refused\. platform-state: needs-formality by /,
  );
});

test("what is derived flows with its source's label, unless a record parts them", () => {
  const prompts = (more: Record<string, unknown>) =>
    planOf(
      parsed((declaration) => {
        withSites(declaration, {
          flows: [{ kind: "call-model", from: "document-store", to: "virginia", datasets: ["prompts"] }],
        });
        declaration.datasets["prompts"] = { class: "internal", derivedFrom: ["documents"], ...more };
      }),
      AS_OF,
    ).refusals;
  expect(prompts({})[0]).toContain("flows.0: call-model from home to virginia is refused. prompts: needs-formality");
  expect(prompts({ reclassified: { by: "dpo", on: "2026-01-01", reference: "R-1" } })).toEqual([]);
});

test("a workload without a place sends nothing", () => {
  const { flows, refusals } = planOf(
    parsed((declaration) => {
      withSites(declaration, { flows: [{ kind: "ship-logs", from: "document-store", to: "rabat" }] });
      Object.assign(declaration.workloads["document-store"] ?? {}, { places: ["europe"] });
    }),
    AS_OF,
  );
  expect(flows).toEqual([]);
  expect(refusals).toHaveLength(1);
});

test("names that lead nowhere are said with their path", () => {
  const problems = problemsOf((declaration) => {
    const wrong = { kind: "call-modle", from: "document-store", to: "virginia" };
    withSites(declaration, {
      flows: [{ kind: "ship-logs", from: "document-stor", to: "mars", datasets: ["documnts"] }, wrong],
      stateBackend: "venus",
    });
    Object.assign(declaration.workloads["vector-store"] ?? {}, { pin: "hom" });
  });
  expect(problems.map(({ path, expected, got }) => [path, expected, got])).toEqual([
    ["flows.1.kind", expect.stringContaining("call-model"), "call-modle"],
    ["workloads.vector-store.pin", "a declared place", "hom"],
    ["flows.0.from", "a declared workload", "document-stor"],
    ["flows.0.to", "a declared place or site", "mars"],
    ["flows.0.datasets.0", "a declared dataset", "documnts"],
    ["stateBackend", "a declared place or site", "venus"],
  ]);
});

test("the sample's sites say every facet", () => {
  const { sites } = parsed((declaration) => withSites(declaration, {}));
  expect(Object.keys(sites["rabat"]?.facets ?? {})).toEqual(ALL);
});
