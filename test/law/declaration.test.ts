import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { formatProblem, parseDeclaration, planOf } from "@kasbah/core";
import { readDeclaration } from "@kasbah/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { type Sample, sample } from "../support/declarations.ts";
import { companyRegime } from "./own-regime.ts";

let folder = "";
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-law-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const read = (declaration: object, own: unknown) => {
  fs.writeFileSync(path.join(folder, "platform.yaml"), stringify(declaration));
  fs.writeFileSync(path.join(folder, "acme.regime.json"), JSON.stringify(own));
  return readDeclaration(folder, "dev", undefined);
};

test("a regime of one's own is a file beside the declaration, and who gets the declaration gets it", () => {
  const checked = read({ ...sample(), regimes: ["ma-09-08", "./acme.regime.json"] }, companyRegime());
  if (!checked.ok) throw new Error(checked.problems.map(formatProblem).join("\n"));
  expect(checked.value.declaration.regimes.map(({ id }) => id)).toEqual(["ma-09-08", "acme-data-policy"]);
  expect(parseDeclaration(checked.value.raw, "dev").ok).toBe(true);
});

test("what is wrong with the file is said with its path in the declaration", () => {
  const broken = { ...companyRegime(), version: undefined };
  const checked = read({ ...sample(), regimes: ["ma-09-80", "./acme.regime.json"] }, broken);
  expect(checked.ok ? [] : checked.problems.map(formatProblem)).toEqual([
    'platform.yaml: regimes.0: expected a declared regime, got "ma-09-80"; did you mean ma-09-08?',
    "platform.yaml: regimes.1.version: expected a string, got nothing; add it",
  ]);
});

test("a regime file that does not exist is a problem, not a crash", () => {
  const checked = read({ ...sample(), regimes: ["./other.regime.json"] }, companyRegime());
  expect(checked.ok ? "" : checked.problems.map(formatProblem).join("")).toContain("regimes.0.other.regime.json");
});

const parse = (change: (declaration: Sample) => void) => {
  const declaration = sample();
  change(declaration);
  const parsed = parseDeclaration(declaration, "dev");
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  return parsed.value;
};

test("a declaration can say every fact that a regime reads", () => {
  const { datasets, places, sites, workloads, owner } = parse((declaration) => {
    Object.assign(declaration, {
      sites: { model: { kind: "saas", isCloud: true, country: "FR", operator: { controlledFrom: ["FR"] } } },
    });
    Object.assign(declaration.owner, { sector: "bank", designations: [], foreignBranchIn: ["AE"] });
    Object.assign(declaration.datasets["documents"] ?? {}, {
      form: "anonymised",
      method: { reference: "M-1", date: "2026-01-01" },
      role: "master-system-of-record",
      labels: { "ma-data": "confidentiel" },
      professionalSecrecy: true,
    });
    Object.assign(declaration.datasets["vectors"] ?? {}, { class: "internal", derivedFrom: ["documents"] });
    Object.assign(declaration.workloads["vector-store"] ?? {}, { critical: true, labels: { "ma-si": "B" } });
    Object.assign(declaration.places["home"] ?? {}, {
      kind: "sovereign",
      isCloud: true,
      keys: { custody: "customer-hsm", providerCanDecrypt: false },
      qualifications: { "ma-dgssi-cloud": { level: 2, reference: "BO", to: "2030-01-01" } },
      inUseSince: "2024-01-01",
      maxDwellHoursAbroad: 24,
    });
  });
  expect(datasets["vectors"]).toMatchObject({ class: "restricted", labels: { "ma-data": "confidentiel" } });
  expect(places["home"]).toMatchObject({
    keys: { providerCanDecrypt: false },
    qualifications: { "ma-dgssi-cloud": { level: 2 } },
  });
  expect(places["europe"]).toMatchObject({ isCloud: true, kind: "hyperscaler-region" });
  expect(sites["model"]).toMatchObject({ name: "model", kind: "saas", facets: { storage: ["FR"], support: ["FR"] } });
  expect(workloads["vector-store"]).toMatchObject({ critical: true, labels: { "ma-si": "B" } });
  expect(owner).toMatchObject({ sector: "bank", foreignBranchIn: ["AE"] });
});

test("the workload's own facts count: a bank's critical store in a cloud needs the agreement", () => {
  const declaration = (critical: boolean) =>
    parse(({ owner, places, workloads }) => {
      Object.assign(owner, { sector: "bank", designations: [] });
      Object.assign(places["home"] ?? {}, { isCloud: true });
      for (const workload of Object.values(workloads)) Object.assign(workload, { critical: false, places: ["home"] });
      Object.assign(workloads["vector-store"] ?? {}, { critical });
    });
  expect(planOf(declaration(false), "2026-11-21").refusals).toEqual([]);
  const [refusal, ...others] = planOf(declaration(true), "2026-11-21").refusals;
  expect(others).toEqual([]);
  expect(refusal).toMatch(/^workloads\.vector-store: .*needs-formality by ma\.bam\.cloud/);
});
