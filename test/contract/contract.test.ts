import { afterAll, describe, expect, test } from "vitest";
import { KINDS, putLabels } from "../../packages/core/src/index.ts";
import { contract, failures, PAIRS } from "./contracts.ts";
import type { Estate, Row } from "./estate.ts";
import { record } from "./record.ts";

/** What only holds other resources together: without it nothing else could be made, or people would miss a name. */
const SUPPORTING = new Set(["aws:kms/alias:Alias", "azure-native:resources:ResourceGroup", "gcp:kms/keyRing:KeyRing"]);

const counts = { facts: 0, waived: 0, mutations: 0, harmless: 0 };

describe.each(PAIRS)("$layer on $cloud", async ({ layer, cloud }) => {
  const { estate } = await record(cloud, layer, "production");
  const { facts, waived } = contract(layer, cloud);
  counts.facts += facts.length;
  counts.waived += Object.keys(waived).length;

  test("at least twelve facts, none twice", () => {
    expect(facts.length).toBeGreaterThanOrEqual(12);
    expect(new Set(facts.map(({ guarantee }) => guarantee)).size).toBe(facts.length);
  });

  test.each(facts)("$guarantee", (fact) => {
    expect(fact.holds(estate)).toBe(true);
  });

  test.each(facts)("broken and told: $guarantee", (fact) => {
    const breaks = fact.breaks(estate);
    expect(breaks.length, "a fact that nothing breaks proves nothing").toBeGreaterThan(0);
    for (const { what, estate: broken } of breaks) {
      const told = failures(facts, broken);
      expect(told, what).toEqual([expect.stringContaining(`${fact.guarantee}: `)]);
      counts.mutations += 1;
    }
  });

  test.each([...new Set(estate.map(({ type }) => type))])("%s is there for a guarantee", (type) => {
    const left = estate.filter((row) => row.type !== type);
    const missed = failures(facts, left).length > 0;
    expect(missed).toBe(!SUPPORTING.has(type));
  });

  test.each(harmless(estate))("$what breaks nothing", ({ changed }) => {
    expect(JSON.stringify(changed)).not.toBe(JSON.stringify(estate)); // order counts as a change here
    expect(failures(facts, changed)).toEqual([]);
    counts.harmless += 1;
  });
});

afterAll(() => {
  const { facts, waived, mutations, harmless } = counts;
  console.log(
    `contract: ${facts} facts over ${PAIRS.length} layers of clouds (${waived} waived with a reason), ` +
      `${mutations} mutations told, ${harmless} harmless changes passed`,
  );
});

/** Changes that mean nothing: no fact may notice them. */
function harmless(estate: Estate): { what: string; changed: Estate }[] {
  return [
    { what: "an extra label", changed: estate.map(withExtraLabel) },
    { what: "another order of resources and entries", changed: estate.map(backwards).reverse() },
    {
      what: "an estate as a cloud stores it, without logical names",
      changed: estate.map(({ name: _name, ...row }) => row),
    },
  ];
}

const withExtraLabel = (row: Row): Row => ({
  ...row,
  properties: putLabels(row.properties, KINDS[row.type]?.label ?? "none", { "cost-centre": "42" }),
});

const backwards = (row: Row): Row => ({ ...row, properties: turned(row.properties) as Row["properties"] });

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned).reverse();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, held]) => [key, turned(held)])
      .reverse(),
  );
};
