import { formatFinding, REGIMES } from "@kasbah/core";
import { describe, expect, test } from "vitest";
import { CONTROLS, type Control, PACK_NAMES, RESIDENCY, rulesOf } from "../../packages/policy/src/index.ts";
import { SAMPLES } from "../../packages/policy/src/rules/samples.ts";
import { judged } from "./support.ts";

const RULES = rulesOf();

test("every rule has samples, a verb first, a remedy, a control, and a breach that it alone catches", () => {
  expect(Object.keys(SAMPLES)).toEqual(RULES.map(({ name }) => name));
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  for (const { name, remedy, serves, onlyCatches, description } of RULES) {
    expect(name).toMatch(/^(require|keep)-[a-z-]+$/);
    expect(remedy, name).toMatch(/\.$/);
    expect(description, name).toMatch(/\.$/);
    expect(onlyCatches.length, name).toBeGreaterThan(20);
    expect(serves.length, name).toBeGreaterThan(0);
    expect(SAMPLES[name]?.pass.length, name).toBeGreaterThan(1);
    expect(SAMPLES[name]?.fail.length, name).toBeGreaterThan(0);
  }
});

test("the packs are apart, and together they are all rules", () => {
  expect(PACK_NAMES.flatMap((pack) => rulesOf([pack]))).toEqual(RULES);
});

test("what core's regimes call an instrument is one of theirs; every control says how it is known", () => {
  for (const control of Object.values<Control>(CONTROLS)) {
    expect(["seen", "recalled"]).toContain(control.confidence);
    if (control.instrument === undefined) continue;
    const regime = REGIMES.find(({ id }) => id === control.instrument?.regime);
    expect(regime?.instruments.map(({ id }) => id)).toContain(control.instrument.id);
  }
});

for (const rule of RULES) {
  const samples = SAMPLES[rule.name];
  describe(rule.name, () => {
    test.each(samples?.pass ?? [])("lets pass: $why", ({ estate, settings, context }) => {
      expect(judged(estate, settings, [rule], context).findings).toEqual([]);
    });

    test.each(samples?.fail ?? [])("refuses: $why", ({ estate, settings, context, says = [] }) => {
      const { findings } = judged(estate, settings, [rule], context);
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

test("what passes one rule of residency passes all of them", () => {
  for (const { name } of RESIDENCY) {
    for (const { why, estate, settings, context } of SAMPLES[name]?.pass ?? []) {
      if (/^keep-(class|state|keys)|^require-readable/.test(name) || why.includes("a class alone")) continue; // not of places
      const { findings } = judged(estate, settings, RESIDENCY, context);
      const data = findings.filter(
        ({ rule }) => !["keep-data-in-permitted-places", "require-class-label"].includes(rule),
      );
      expect(data, `${name}: ${why}`).toEqual([]);
    }
  }
});
