import { afterAll, beforeAll, describe, test } from "vitest";
import { drillCases, retrievalCases } from "./cluster-cases.ts";
import { newProject } from "./support/project.ts";
import { type Sovereign, sovereign } from "./support/sovereign.ts";

const MINUTES = 60_000;
let it: Sovereign;

describe("a cluster of its own", () => {
  beforeAll(async () => {
    it = await sovereign(await newProject("drill", { admin: true }), "10.232.16.0/20");
  });
  afterAll(() => it?.close());

  test("comes up", { timeout: 25 * MINUTES }, async () => void (await it.up()));
  retrievalCases(() => it, "legal", "credit");
  drillCases(() => it);
});
