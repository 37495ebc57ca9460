import { formatFinding } from "@kasbah/core";
import { describe, expect, test } from "vitest";
import { parseDeclaration } from "../../packages/core/src/index.ts";
import { estateOf, evaluate, type PlainResource } from "../../packages/policy/src/index.ts";
import { record } from "../contract/record.ts";
import { LAYERS, SUBJECTS } from "../contract/scene.ts";
import { PRODUCTION_CASES } from "./own-cases.ts";

/** What Kasbah's own layers make, judged as if a stranger had written it. */
describe.each(PRODUCTION_CASES)("$cloud $layer", ({ cloud, layer, accepted }) => {
  test("nothing is refused of what Kasbah makes for production, but what is written down", async () => {
    const { estate, registrations } = await record(cloud, layer, "production");
    const resources = estate.map(({ type, name = "", region, properties }): PlainResource => {
      const protect = registrations.some((one) => one.type === type && one.name === name && one.protect);
      return {
        id: `urn:pulumi:main::contract::${type}::${name}`,
        type,
        name,
        properties,
        provider: { type: `pulumi:providers:${cloud}`, properties: { region, location: region } },
        stack: "contract/main",
        ...(protect ? { protect } : {}),
      };
    });
    expect(resources.length).toBeGreaterThan(0);
    const home = { aws: ["FR"], azure: ["FR"], gcp: ["FR"], openstack: [] }[cloud];
    const declaration = cloud === "openstack" ? parseDeclaration(HOME, "main") : undefined;
    if (declaration?.ok === false) throw new Error(JSON.stringify(declaration.problems));
    const found = evaluate(
      estateOf(resources, {
        homeCountries: home,
        ...(declaration === undefined ? {} : { declaration: declaration.value }),
      }),
      { asOf: "2026-11-21" },
    );
    const lines = found.map(
      (finding) => `${finding.rule} ${finding.resource.split("::").slice(2).join("::")} ${formatFinding(finding)}`,
    );
    expect(lines.filter((line) => !accepted.some((words) => line.includes(words)))).toEqual([]);
    for (const words of accepted) expect(lines.join("\n")).toContain(words);
  });
});

const HOME = {
  platform: "shop",
  owner: { id: "example.ma", establishedIn: ["MA"], sector: "retail" },
  datasets: { contracts: { class: "restricted" }, chunks: { class: "restricted" } },
  places: {
    casablanca: {
      at: "openstack/RegionOne",
      country: "MA",
      operator: { name: "A cloud", incorporatedIn: "MA", controlledFrom: ["MA"], isSubject: false },
      contract: { processorClauses: true, law: "MA" },
      facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: true, keyManager: true },
      openstack: { flavors: { small: "s", medium: "m", large: "l" } },
    },
  },
  workloads: { store: { layer: "object-storage", datasets: ["contracts", "chunks"] } },
};

test("every layer under contract is looked at", () => {
  expect(Object.keys(SUBJECTS).length).toBeGreaterThan(3);
  expect(LAYERS.length).toBeGreaterThan(2);
});
