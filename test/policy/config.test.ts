import { expect, test } from "vitest";
import { policyConfig, RESIDENCY_POLICIES, settingsOf } from "../../packages/policy/src/index.ts";
import { HOUSE, TODAY } from "./support.ts";

test("every policy of the pack gets the same settings, as plain JSON", () => {
  const config = policyConfig(HOUSE, "dev", TODAY, ["MA"]);
  expect(Object.keys(config)).toEqual([RESIDENCY_POLICIES.resource, RESIDENCY_POLICIES.references]);
  expect(JSON.parse(JSON.stringify(config))["residency"]).toEqual({
    declaration: JSON.parse(JSON.stringify(HOUSE)),
    env: "dev",
    asOf: TODAY,
    homeCountries: ["MA"],
  });
});

test("without a declaration only labels are known; the day is the pack's", () => {
  expect(settingsOf({}, TODAY)).toEqual({ ok: true, value: { asOf: TODAY, homeCountries: [] } });
});

test("home is where the owner is established, unless it is said", () => {
  const home = (config: object) => {
    const settings = settingsOf(config, TODAY);
    return settings.ok ? settings.value.homeCountries : undefined;
  };
  expect(home({ declaration: HOUSE })).toEqual(["MA"]);
  expect(home({ declaration: HOUSE, homeCountries: ["FR"] })).toEqual(["FR"]);
});

test("everything wrong with a configuration is told at once", () => {
  const broken = {
    ...HOUSE,
    datasets: { ...HOUSE.datasets, documents: { class: "secret" } },
    workloads: { "document-store": { layer: "object-storage", datasets: ["docments"] } },
  };
  const settings = settingsOf({ declaration: broken, asOf: "yesterday", homeCountries: ["Morocco"] }, TODAY);
  const paths = settings.ok ? [] : settings.problems.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      "asOf",
      "homeCountries",
      "declaration.datasets.documents.class",
      "declaration.workloads.document-store.datasets.0",
    ]),
  );
});

test.each([null, "x", [], { declaration: null }, { declaration: [] }, { declaration: "platform.yaml" }])(
  "a configuration that is not what it should be is refused or empty: %j",
  (config) => {
    const settings = settingsOf(config, TODAY);
    if (typeof config === "object" && config !== null && "declaration" in config) expect(settings.ok).toBe(false);
    else expect(settings).toMatchObject({ ok: true, value: { homeCountries: [] } });
  },
);
