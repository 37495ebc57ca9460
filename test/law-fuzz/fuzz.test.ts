import {
  applyOverlay,
  type Checked,
  type Declaration,
  parseDeclaration,
  parseRegime,
  type Question,
} from "@kasbah/core";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { question } from "../law-properties/arbitraries.ts";
import { SEED } from "../law-properties/support.ts";
import { day } from "../law-properties/values.ts";
import { sample } from "../support/declarations.ts";
import { count, judgeDeclaration, judgeRegime, shown, type Tally, tally } from "./checks.ts";
import { declaration, placeFile, regimeFile } from "./documents.ts";
import { HOSTILE, mutated, mutation } from "./hostile.ts";

const RUNS = { declarations: 4_000, regimes: 3_000, places: 3_000 } as const;
const tallies: Record<string, Tally> = {};

/** Half the documents stay as they are, the others are changed in one to three places. */
const changes = fc.oneof(fc.constant([]), fc.array(mutation, { minLength: 1, maxLength: 3 }));

const fuzz = (
  name: keyof typeof RUNS,
  document: fc.Arbitrary<unknown>,
  tryOne: (sum: Tally, it: Tried) => void,
): void => {
  const sum = tally();
  tallies[name] = sum;
  const tried = fc.record({ document, changes, asked: question, asOf: day }).map(({ changes: made, ...rest }) => ({
    ...rest,
    document: made.length === 0 ? rest.document : mutated(rest.document, made),
  }));
  fc.assert(
    fc.property(tried, (it) => tryOne(sum, it)),
    { seed: SEED, numRuns: RUNS[name] },
  );
  console.log(shown(name, sum));
  expect(sum.judged * 3).toBeGreaterThanOrEqual(sum.tried);
};

interface Tried {
  readonly document: unknown;
  readonly asked: Question;
  readonly asOf: string;
}

const judgedOn =
  (asOf: string) =>
  (value: Declaration): number =>
    judgeDeclaration(value, asOf);

test("declarations", { timeout: 300_000 }, () => {
  fuzz("declarations", declaration, (sum, { document, asOf }) => {
    count(sum, document, parseDeclaration(document, "dev"), judgedOn(asOf));
  });
});

test("regime files", { timeout: 300_000 }, () => {
  fuzz("regimes", regimeFile, (sum, { document, asked }) => {
    count(sum, document, parseRegime(document), (regime) => judgeRegime(regime, [asked]));
  });
});

test("places and sites", { timeout: 300_000 }, () => {
  fuzz("places", placeFile, (sum, { document, asOf }) => {
    const place = typeof document === "object" && document !== null && "at" in document;
    const whole = { ...sample(), workloads: {}, [place ? "places" : "sites"]: { p: document } };
    count(sum, whole, parseDeclaration(whole, "dev"), judgedOn(asOf));
  });
});

test("overlays: every hostile value in every part, and none reaches a prototype", () => {
  const sum = tally();
  for (const make of HOSTILE) {
    for (const key of ["preset", "places", "sites", "workloads", "formalities", "datasets", "__proto__"]) {
      const overlay = JSON.parse(`{"${key}": 0}`);
      overlay[key] = make();
      const merged = applyOverlay(sample(), overlay);
      const parsed: Checked<Declaration> = merged.ok ? parseDeclaration(merged.value, "dev") : merged;
      count(sum, overlay, parsed, judgedOn("2026-11-21"));
    }
  }
  tallies["overlays"] = sum;
  console.log(shown("overlays", sum));
  expect(sum.refused).toBeGreaterThan(0);
});

afterAll(() => {
  const all = Object.values(tallies);
  const total = (key: keyof Tally): number => all.reduce((sum, one) => sum + one[key], 0);
  console.log(`fuzz: ${total("tried")} documents, ${total("judged")} judged, ${total("refused")} refused`);
});
