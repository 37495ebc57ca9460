import { expect, test } from "vitest";
import { killAndRecover, wholeRun } from "../support/kill.ts";

test("kill -9 at every create, before and after the answer", { timeout: 3_600_000 }, async () => {
  const whole = await wholeRun();
  const creates = Object.values(whole).reduce((sum, count) => sum + count, 0);
  expect(creates).toBeGreaterThan(20);
  for (let create = 1; create <= creates; create++) {
    for (const moment of ["before", "after"] as const) {
      await killAndRecover(create, moment, whole);
      console.log(`create ${create} of ${creates}, ${moment} the answer: recovered`);
    }
  }
});
