import { formatProblem, parseDeclaration, planOf } from "@kasbah/core";
import { expect, test } from "vitest";
import { type Sample, sample } from "../support/declarations.ts";

const plan = (change: (declaration: Sample) => void = () => {}, asOf = "2026-11-21") => {
  const declaration = sample();
  change(declaration);
  const parsed = parseDeclaration(declaration, "dev");
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  return planOf(parsed.value, asOf);
};

test("restricted documents stay at home, public ones go where they are preferred", () => {
  const { placements, refusals } = plan();
  expect(placements.map(({ workload, place }) => [workload, place])).toEqual([
    ["document-store", "home"],
    ["vector-store", "home"],
    ["product-docs-store", "europe"],
  ]);
  expect(placements[0]?.candidates.map(({ place, outcome }) => [place, outcome])).toEqual([
    ["home", "allowed"],
    ["europe", "needs-formality"],
  ]);
  expect(refusals).toEqual([]);
});

test("a pin against the law is refused with the rule and the article", () => {
  const { placements, refusals } = plan(({ workloads }) => {
    workloads["document-store"] = { ...workloads["document-store"], places: ["europe"] };
  });
  expect(placements[0]).not.toHaveProperty("place");
  expect(refusals).toHaveLength(1);
  expect(refusals[0]).toContain(
    "workloads.document-store: no place is permitted. europe: documents: needs-formality by ma0908.xfer.listed",
  );
  expect(refusals[0]).toContain("art. 43");
});

test.each([
  ["replicas", "replicate"],
  ["backups", "backup"],
])("%s abroad are judged as a flow", (field, kind) => {
  const { flows, refusals } = plan(({ workloads }) => {
    workloads["vector-store"] = { ...workloads["vector-store"], [field]: ["europe"] };
  });
  expect(flows.map(({ kind, from, to }) => [kind, from, to.name])).toEqual([[kind, "home", "europe"]]);
  expect(refusals[0]).toMatch(new RegExp(`^workloads.vector-store.${field}: ${kind} from home to europe is refused`));
});

test("formalities on file open a place from the day on which they are valid", () => {
  const onFile = (declaration: Sample): void => {
    declaration.formalities.push(
      { type: "cndp-transfer-notified", reference: "T-1", countries: ["FR"], from: "2027-01-01" },
      { type: "cndp-transfer-authorisation", reference: "T-2", countries: ["US"], from: "2027-01-01" },
    );
    declaration.workloads["document-store"] = { ...declaration.workloads["document-store"], places: ["europe"] };
  };
  expect(plan(onFile, "2026-12-31").refusals).toHaveLength(1);
  expect(plan(onFile, "2027-01-01").refusals).toEqual([]);
});
