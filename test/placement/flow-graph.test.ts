import { type Dataset, type Flow, type FlowKind, flowGraph, type Site } from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";

const site = (name: string): Site => ({ name, facets: {}, operator: {}, contract: {}, facts: {} });
const edge = (kind: FlowKind, from: string, to: string, ...datasets: string[]): Flow => ({
  kind,
  path: "flows",
  workload: "w",
  datasets,
  from,
  to: site(to),
});
const data = (...derivedFrom: string[]): Dataset => ({
  class: "internal",
  categories: [],
  form: "raw",
  ...(derivedFrom.length === 0 ? {} : { derivedFrom }),
});

const DATASETS = {
  documents: data(),
  vectors: data("documents"),
  prompts: data("vectors"),
  statistics: { ...data("documents"), reclassified: { by: "dpo", on: "2026-01-01", reference: "R" } },
};
const FLOWS = [
  edge("replicate", "home", "rabat", "documents"),
  edge("backup", "rabat", "vault", "vectors"),
  edge("call-model", "rabat", "paris", "prompts"),
  edge("ship-logs", "paris", "virginia", "statistics"),
  edge("hold-keys", "home", "hsm", "documents"),
];
const graph = flowGraph(FLOWS, [{ place: "home", datasets: ["documents"] }], DATASETS);

test("edges from and to a place", () => {
  expect(graph.edgesFrom("rabat").map(({ kind }) => kind)).toEqual(["backup", "call-model"]);
  expect(graph.edgesTo("paris").map(({ kind }) => kind)).toEqual(["call-model"]);
  expect(graph.edgesTo("hsm").map(({ kind }) => kind)).toEqual(["hold-keys"]);
});

test("what can come from where, over any number of flows; keys are no data", () => {
  expect(graph.downstream("home")).toEqual(["paris", "rabat", "vault", "virginia"]);
  expect(graph.upstream("virginia")).toEqual(["home", "paris", "rabat"]);
});

test("a dataset is wherever what was made from it is, until a record parts them", () => {
  expect(graph.placesOf("documents")).toEqual(["home", "paris", "rabat", "vault"]);
  expect(graph.dataAt("paris")).toEqual(["documents", "prompts", "statistics", "vectors"]);
  expect(graph.dataAt("virginia")).toEqual(["statistics"]);
  expect(graph.dataAt("hsm")).toEqual([]);
});

test("the way on which a dataset comes to a place", () => {
  expect(graph.wayTo("paris", "documents")?.map(({ kind }) => kind)).toEqual(["replicate", "call-model"]);
  expect(graph.wayTo("home", "documents")).toEqual([]);
  expect(graph.wayTo("virginia", "documents")).toBeUndefined();
  expect(graph.wayTo("virginia", "statistics")?.map(({ kind }) => kind)).toEqual(["ship-logs"]);
});

const NAMES = ["a", "b", "c", "d", "e"] as const;
const name = fc.constantFrom(...NAMES);

test("closures end on circles, agree in both directions, and a way leads where it says", () => {
  const flow = fc.record({ from: name, to: name, dataset: fc.constantFrom("documents", "vectors", "prompts") });
  fc.assert(
    fc.property(fc.array(flow, { maxLength: 12 }), name, (flows, start) => {
      const edges = flows.map(({ from, to, dataset }) => edge("replicate", from, to, dataset));
      const any = flowGraph(edges, [{ place: start, datasets: ["documents"] }], DATASETS);
      for (const there of NAMES) {
        expect(any.downstream(start).includes(there)).toBe(any.upstream(there).includes(start));
        const way = any.wayTo(there, "documents");
        if (way === undefined) continue;
        expect(any.placesOf("documents")).toContain(there);
        expect(way.at(-1)?.to.name ?? there).toBe(there);
        for (const [index, step] of way.entries()) if (index > 0) expect(step.from).toBe(way[index - 1]?.to.name);
      }
      for (const place of any.placesOf("documents")) expect(any.wayTo(place, "documents")).toBeDefined();
    }),
  );
});
