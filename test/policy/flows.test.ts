import { formatFinding } from "@kasbah/core";
import { describe, expect, test } from "vitest";
import { FLOWS, flowsOf } from "../../packages/policy/src/index.ts";
import { made } from "../../packages/policy/src/rules/sample.ts";
import type { Cases } from "./flow-cases.ts";
import { AWS_CASES } from "./flow-cases-aws.ts";
import { OTHER_CASES } from "./flow-cases-others.ts";
import { judged, world } from "./support.ts";

const CASES: Cases = { ...AWS_CASES, ...OTHER_CASES };

test("every row of the table has a source and a word on what is absent", () => {
  for (const [type, rows] of FLOWS) {
    for (const { source, absent } of rows) {
      expect(source.length, type).toBeGreaterThan(10);
      expect(absent, type).not.toBe("");
    }
  }
});

describe.each(Object.entries(CASES))("%s", (type, { before = [], leaves, provider = {}, says, stays }) => {
  test("restricted data that leave are seen, with property and place", () => {
    const { findings, pending } = judged([...before, made(type, "judged", leaves, provider)]);
    expect(pending.filter((path) => path !== "require-readable-resources")).toEqual([]);
    const copies = findings.filter(({ rule }) => rule.startsWith("keep-")).map(formatFinding);
    expect(copies.filter((text) => says.every((word) => text.includes(word)))).not.toEqual([]);
  });

  test("what copies nothing has no flow", () => {
    if (stays === undefined) {
      expect(FLOWS.get(type)?.some(({ absent }) => /required|nothing/.test(absent))).toBe(true);
      return;
    }
    const resource = made(type, "judged", stays, provider);
    expect(flowsOf(resource, world([...before, resource]).estate)).toEqual([]);
  });
});
