import { expect, test } from "vitest";
import { CONTAINER_PATHS } from "../../packages/policy/src/facts/containers.ts";
import { GRANTS } from "../../packages/policy/src/facts/grants.ts";
import { OPENINGS } from "../../packages/policy/src/facts/openings.ts";
import { SECRET_PATHS } from "../../packages/policy/src/facts/secrets.ts";
import { DOCUMENTS, INLINE_RIGHTS } from "../../packages/policy/src/facts/statements.ts";
import { canonicalType, FLOWS, ROWS } from "../../packages/policy/src/index.ts";
import { NEEDS } from "../../packages/policy/src/rules/companions.ts";
import { TEXT_PATHS } from "../../packages/policy/src/rules/secrets.ts";
import { CHECKS } from "../../packages/policy/src/tables/checks.ts";
import { argumentsOf, hasPath } from "./sdk.ts";

/** Every type of the tables, with every property that they name. */
const named = new Map<string, Set<string>>();
const see = (type: string, ...paths: readonly string[]): void => {
  const known = named.get(type) ?? new Set<string>();
  named.set(type, known);
  for (const path of paths) known.add(path);
};
/** A condition's path; `./` is inside the member of the list that the other path ends in. */
const inside = (path: string, condition: string): string =>
  condition.startsWith("./") ? path.slice(0, path.lastIndexOf("*") + 2) + condition.slice(2) : condition;

for (const [type, rows] of FLOWS) {
  for (const row of rows) {
    if ("read" in row) see(type, ...row.paths);
    else {
      see(type, row.path, ...(row.when ?? []).map(({ path }) => inside(row.path, path)));
      if (typeof row.from === "object") {
        see(type, row.from.path);
        for (const other of row.from.types) if (other !== "*") see(other);
      }
      for (const other of row.types ?? []) if (other !== "*") see(other);
    }
  }
}
for (const [type, { label, part, region }] of ROWS) {
  see(type, ...(label === undefined || label === "none" ? [] : [label]));
  if (part !== undefined) see(type, part.path);
  for (const other of part?.types ?? []) see(other);
  if (typeof region === "object")
    see(type, ...region.paths, ...(region.words?.where === undefined ? [] : [region.words.where]));
}
for (const checks of Object.values(CHECKS)) {
  for (const [type, list] of checks) {
    for (const { path, when = [] } of list) see(type, path, ...when.map((one) => inside(path, one.path)));
  }
}
for (const [type, { paths }] of [...DOCUMENTS, ...OPENINGS]) see(type, ...paths);
for (const [type, path] of INLINE_RIGHTS) see(type, path);
for (const table of [GRANTS, CONTAINER_PATHS, SECRET_PATHS, TEXT_PATHS])
  for (const [type, paths] of table) see(type, ...paths);
for (const [type, { by }] of NEEDS) {
  see(type);
  for (const companion of by) see(companion.type, companion.path);
}

/** Types that no SDK declares: custom resources, and what the SDKs call components. */
const UNDECLARED =
  /^kubernetes:(?!core|apps|batch|policy|networking\.k8s|rbac\.|helm\.sh|yaml|kustomize\/)|^kubernetes:(helm\.sh\/v3:Chart)|^(command|pulumi-)/;
const declared = [...named].filter(([type]) => !UNDECLARED.test(type));

test("every type of the tables is one of the installed SDKs", () => {
  expect(declared.map(([type]) => type).filter((type) => argumentsOf(type) === undefined)).toEqual([]);
});

test("every property that the tables name is one of the type's arguments", () => {
  const wrong = declared.flatMap(([type, paths]) =>
    [...paths].filter((path) => !hasPath(type, path)).map((path) => `${type} ${path}`),
  );
  expect(wrong).toEqual([]);
});

test("the walk sees what is not there", () => {
  expect(hasPath("aws:s3/bucket:Bucket", "replicationConfiguration.rules.*.destination.bucket")).toBe(true);
  expect(hasPath("aws:s3/bucket:Bucket", "replicationConfiguration.rules.*.destination.bukket")).toBe(false);
  expect(argumentsOf("aws:s3/bukket:Bukket")).toBeUndefined();
});

test("every type of the tables is called as today", () => {
  expect([...named.keys()].filter((type) => canonicalType(type) !== type)).toEqual([]);
});

test("the tables are as wide as they say", () => {
  const count = (prefix: string): number => [...named.keys()].filter((type) => type.startsWith(prefix)).length;
  const counts = {
    aws: count("aws:"),
    azure: count("azure-native:"),
    gcp: count("gcp:"),
    openstack: count("openstack:"),
    kubernetes: count("kubernetes:"),
  };
  console.log(
    "types in the tables:",
    JSON.stringify(counts),
    "properties:",
    [...named.values()].reduce((sum, { size }) => sum + size, 0),
  );
  expect(counts.aws).toBeGreaterThan(240);
  expect(counts.azure).toBeGreaterThan(130);
  expect(counts.gcp).toBeGreaterThan(110);
  expect(counts.openstack).toBeGreaterThan(30);
  expect(counts.kubernetes).toBeGreaterThan(30);
});
