import fs from "node:fs";
import { expect, test } from "vitest";
import { PAIRS } from "./contracts.ts";
import { record } from "./record.ts";

const GOLDEN = new URL("names.golden.json", import.meta.url);
const MEND = "KASBAH_GOLDEN=write npx vitest run test/contract/names.test.ts";

/** Layers that make other things in a throwaway environment. */
const OTHER_FORM: readonly string[] = ["postgres on openstack"];

/** A server's bootstrap credential is meant to be a new one when the server is. */
const plain = (name: string): string => name.replace(/(?<=-bootstrap-)[0-9a-f]{8}$/, "<form>");

/**
 * Logical names and type tokens are API: a rename replaces what holds data. When a change here is meant, write the file
 * anew and say in the change how existing stacks come over (an alias in the component).
 */
test("logical names and type tokens are those of the golden file", async () => {
  const found: Record<string, string[]> = {};
  const forms = PAIRS.flatMap((pair) => [
    { ...pair, preset: "production" as const, title: `${pair.layer} on ${pair.cloud}` },
    ...(OTHER_FORM.includes(`${pair.layer} on ${pair.cloud}`)
      ? [{ ...pair, preset: "throwaway" as const, title: `${pair.layer} on ${pair.cloud}, throwaway` }]
      : []),
  ]);
  for (const { layer, cloud, preset, title } of forms) {
    const { registrations } = await record(cloud, layer, preset);
    found[title] = registrations.map(({ type, name }) => `${type} ${plain(name)}`).sort();
  }
  if (process.env["KASBAH_GOLDEN"] === "write") fs.writeFileSync(GOLDEN, `${JSON.stringify(found, null, 2)}\n`);
  const golden: unknown = JSON.parse(fs.readFileSync(GOLDEN, "utf8"));
  expect(found, `a rename replaces what it names; if it is meant: ${MEND}`).toEqual(golden);
});
