import { formatFinding } from "@kasbah/core";
import { describe, expect, test } from "vitest";
import { FLOWS, flowsOf } from "../../packages/policy/src/index.ts";
import { made } from "../../packages/policy/src/rules/sample.ts";
import type { Cases } from "./flow-cases.ts";
import { AWS_CASES } from "./flow-cases-aws.ts";
import { OTHER_CASES } from "./flow-cases-others.ts";
import { judged, world } from "./support.ts";

const CASES: Cases = { ...AWS_CASES, ...OTHER_CASES };

test("every row of the table has a case, a source, and a word on what is absent", () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(FLOWS).sort());
  for (const { source, absent } of Object.values(FLOWS)) {
    expect(source.length).toBeGreaterThan(10);
    expect(absent).not.toBe("");
  }
});

describe.each(Object.entries(CASES))("%s", (type, { before = [], leaves, provider = {}, says, stays }) => {
  test("restricted data that leave are seen, with property and place", () => {
    const { findings, pending } = judged([...before, made(type, "judged", leaves, provider)]);
    expect(pending).toEqual([]);
    const copies = findings.filter(({ rule }) => rule === "keep-copies-in-permitted-places").map(formatFinding);
    expect(copies.filter((text) => says.every((word) => text.includes(word)))).not.toEqual([]);
  });

  test("what copies nothing has no flow", () => {
    if (stays === undefined) {
      expect(FLOWS[type]?.absent).toMatch(/required|nothing/);
      return;
    }
    const resource = made(type, "judged", stays, provider);
    expect(flowsOf(resource, world([...before, resource]).estate)).toEqual([]);
  });
});
