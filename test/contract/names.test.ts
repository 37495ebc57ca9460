import fs from "node:fs";
import { expect, test } from "vitest";
import { PAIRS } from "./contracts.ts";
import { record } from "./record.ts";

const GOLDEN = new URL("names.golden.json", import.meta.url);
const MEND = "KASBAH_GOLDEN=write npx vitest run test/contract/names.test.ts";

/**
 * Logical names and type tokens are API: a rename replaces what holds data. When a change here is meant, write the file
 * anew and say in the change how existing stacks come over (an alias in the component).
 */
test("logical names and type tokens are those of the golden file", async () => {
  const found: Record<string, string[]> = {};
  for (const { layer, cloud } of PAIRS) {
    const { registrations } = await record(cloud, layer, "production");
    found[`${layer} on ${cloud}`] = registrations.map(({ type, name }) => `${type} ${name}`).sort();
  }
  if (process.env["KASBAH_GOLDEN"] === "write") fs.writeFileSync(GOLDEN, `${JSON.stringify(found, null, 2)}\n`);
  const golden: unknown = JSON.parse(fs.readFileSync(GOLDEN, "utf8"));
  expect(found, `a rename replaces what it names; if it is meant: ${MEND}`).toEqual(golden);
});
