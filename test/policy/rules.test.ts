import { formatFinding } from "@kasbah/core";
import { describe, expect, test } from "vitest";
import { RESIDENCY } from "../../packages/policy/src/index.ts";
import {
  keepClassOfCopiesSamples,
  keepClassOfDatasetsSamples,
} from "../../packages/policy/src/rules/keep-class-of-data.samples.ts";
import { keepCopiesInPermittedPlacesSamples } from "../../packages/policy/src/rules/keep-copies-in-permitted-places.samples.ts";
import { keepDataInPermittedPlacesSamples } from "../../packages/policy/src/rules/keep-data-in-permitted-places.samples.ts";
import { requireClassLabelSamples } from "../../packages/policy/src/rules/require-class-label.samples.ts";
import type { Samples } from "../../packages/policy/src/rules/sample.ts";
import { judged } from "./support.ts";

const SAMPLES: Readonly<Record<string, Samples>> = {
  "require-class-label": requireClassLabelSamples,
  "keep-data-in-permitted-places": keepDataInPermittedPlacesSamples,
  "keep-copies-in-permitted-places": keepCopiesInPermittedPlacesSamples,
  "keep-class-of-datasets": keepClassOfDatasetsSamples,
  "keep-class-of-copies": keepClassOfCopiesSamples,
};

test("every rule has samples, a verb first, and a remedy", () => {
  expect(Object.keys(SAMPLES)).toEqual(RESIDENCY.map(({ name }) => name));
  for (const { name, remedy, serves } of RESIDENCY) {
    expect(name).toMatch(/^(require|keep)-[a-z-]+$/);
    expect(remedy.length).toBeGreaterThan(10);
    expect(serves.length).toBeGreaterThan(10);
  }
});

for (const rule of RESIDENCY) {
  const samples = SAMPLES[rule.name];
  describe(rule.name, () => {
    test.each(samples?.pass ?? [])("lets pass: $why", ({ estate, settings }) => {
      expect(judged(estate, settings, [rule])).toEqual({ findings: [], pending: [] });
    });

    test.each(samples?.fail ?? [])("refuses: $why", ({ estate, settings, says = [] }) => {
      const { findings } = judged(estate, settings, [rule]);
      expect(findings.length).toBeGreaterThan(0);
      const text = findings.map(formatFinding).join("\n");
      for (const word of says) expect(text).toContain(word);
      for (const finding of findings) {
        expect(finding).toMatchObject({ rule: rule.name, severity: rule.severity, resource: estate.at(-1)?.urn });
        expect(finding.wanted).not.toBe("");
        expect(finding.found).not.toBe("");
        expect(finding.mend).toMatch(/\.$/);
      }
    });
  });
}

test("what passes one rule passes all of them", () => {
  for (const [name, { pass }] of Object.entries(SAMPLES)) {
    for (const { why, estate, settings } of pass) {
      if (name.startsWith("keep-class") || why.includes("a class alone")) continue; // samples of classes, not of places
      const data = judged(estate, settings).findings.filter(({ rule }) => rule !== "keep-data-in-permitted-places");
      expect(data, `${name}: ${why}`).toEqual([]);
    }
  }
});
